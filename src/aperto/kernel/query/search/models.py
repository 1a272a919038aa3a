"""What search reads: one narrow row for each record, and the words by which misspelt names are found."""

from django.db import models
from django.db.models import Index


class SearchEntry(models.Model):
    """`title_folded` and `text` begin with a blank, so that " jan" finds what begins a word.

    `text` holds the folded searchable fields, without the title; `access` holds marks of the object, the
    owner and the team (see `marks`). The trigram index over all three is made by `operations`.
    """

    object = models.CharField(max_length=63)
    record = models.UUIDField(unique=True)
    title = models.CharField(max_length=200)
    title_folded = models.CharField(max_length=400)
    text = models.TextField()
    access = models.CharField(max_length=20)
    owner = models.UUIDField(null=True)
    team = models.UUIDField(null=True)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_search_entry"
        indexes = [Index(fields=["object", "title_folded"], name="search_entry_title")]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that occurs in a title."""

    word = models.CharField(max_length=24, primary_key=True)

    class Meta:
        db_table = "kernel_search_word"

    def __str__(self) -> str:
        return self.word


class SearchDeletion(models.Model):
    """The sound of a word with at most one letter left out; two words that share one are alike."""

    pk = models.CompositePrimaryKey("deletion", "word")
    deletion = models.CharField(max_length=7)
    word = models.CharField(max_length=24)

    class Meta:
        db_table = "kernel_search_deletion"

    def __str__(self) -> str:
        return f"{self.deletion} {self.word}"


class SearchContent(models.Model):
    """The folded words of a stored file, each once."""

    file = models.UUIDField(primary_key=True)
    words = models.TextField()

    class Meta:
        db_table = "kernel_search_content"

    def __str__(self) -> str:
        return str(self.file)
