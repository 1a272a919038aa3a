"""Addresses of boards."""

from django.urls import path

from aperto.web.boards import move, page, totals

urlpatterns = [
    path("<slug:object_key>/board", page.show, name="board"),
    path("<slug:object_key>/board/lane", page.lane, name="board_lane"),
    path("<slug:object_key>/board/sums", page.sums, name="board_sums"),
    path("<slug:object_key>/board/total", totals.choose, name="board_total"),
    path("<slug:object_key>/board/move/<uuid:record>", move.move, name="board_move"),
]
