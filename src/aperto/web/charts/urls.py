"""Addresses of charts."""

from django.urls import path

from aperto.web.charts import page

urlpatterns = [path("<slug:object_key>/chart", page.show, name="chart")]
