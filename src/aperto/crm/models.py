"""Django looks here for tables; each object has a module of its own."""

from aperto.crm.objects.call import Call
from aperto.crm.objects.company import Company
from aperto.crm.objects.contact import Contact
from aperto.crm.objects.deal import Deal
from aperto.crm.objects.file import File
from aperto.crm.objects.lead import Lead
from aperto.crm.objects.lead_conversion import LeadConversion
from aperto.crm.objects.meeting import Meeting
from aperto.crm.objects.note import Note
from aperto.crm.objects.task import Task

__all__ = [
    "Call", "Company", "Contact", "Deal", "File", "Lead", "LeadConversion", "Meeting", "Note", "Task",
]  # fmt: skip
