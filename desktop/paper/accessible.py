"""PDF/UA-1: the structure, the title and the language that reportlab does not write, added to what it drew."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, String

from desktop.paper.tags import Element, Place

PRODUCER = "Backstop"
ATTACHED = "encounter.json"
METADATA = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{producer}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def accessible(data: bytes, document: Element, *, title: str, language: str, attached: bytes = b"") -> bytes:
    """`data` as a TaggedCanvas wrote it while `document` was drawn. The same inputs give the same bytes.

    `attached` is the encounter as JSON, for another program.
    """
    with Pdf.open(BytesIO(data)) as pdf:
        _Structure(pdf).write(document)
        _describe(pdf, title, language)
        _mend_maps(pdf)
        if attached:
            _attach(pdf, attached)
        file = BytesIO()
        pdf.save(file, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return file.getvalue()


class _Structure:
    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]
        self.parents: list[dict[int, Object]] = [{} for _ in self.pages]

    def write(self, document: Element) -> None:
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._element(document, root)
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=self._numbers()))
        root.ParentTreeNextKey = len(self.pages)
        for number, page in enumerate(self.pages):
            page.StructParents = number
            page.Tabs = Name.S
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, element: Element, parent: Object) -> Object:
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.role}"), P=parent))
        kids = [self._kid(kid, made) for kid in element.kids if isinstance(kid, Place) or kid.drawn()]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        for key, words in (("/Alt", element.alt), ("/ActualText", element.actual), ("/Lang", element.language)):
            if words:
                made[key] = String(words)
        if element.scope or element.columns > 1:
            made.A = _table_attributes(element)
        return made

    def _kid(self, kid: Element | Place, parent: Object) -> Object:
        if isinstance(kid, Element):
            return self._element(kid, parent)
        self.parents[kid.page][kid.number] = parent
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)

    def _numbers(self) -> Array:
        found = Array()
        for number, parents in enumerate(self.parents):
            found.append(number)
            found.append(self.pdf.make_indirect(Array([parents[place] for place in range(len(parents))])))
        return found


def _table_attributes(element: Element) -> Dictionary:
    found = Dictionary(O=Name.Table)
    if element.scope:
        found.Scope = Name(f"/{element.scope}")
    if element.columns > 1:
        found.ColSpan = element.columns
    return found


def _describe(pdf: Pdf, title: str, language: str) -> None:
    words = METADATA.format(title=escape(title), producer=PRODUCER, language=language)
    pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, words.encode(), Type=Name.Metadata, Subtype=Name.XML))
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo.Producer = String(PRODUCER)


def _attach(pdf: Pdf, data: bytes) -> None:
    """Without a date, so that the same encounter gives the same bytes."""
    words = "The encounter as data, as it stands on these pages"
    kind, no_date = "application/json", ""
    pdf.attachments[ATTACHED] = AttachedFileSpec(
        pdf, data, description=words, filename=ATTACHED, mime_type=kind, creation_date=no_date, mod_date=no_date
    )
    held = pdf.attachments[ATTACHED].obj
    held.AFRelationship = Name.Data
    pdf.Root.AF = Array([held])


def _mend_maps(pdf: Pdf) -> None:
    """reportlab says of glyphs it doesn't use that they mean character 0, which the standard forbids."""
    for number in range(1, len(pdf.objects)):
        font = pdf.objects[number - 1]
        if isinstance(font, Dictionary) and "/ToUnicode" in font:
            font.ToUnicode.write(_mended(font.ToUnicode.read_bytes()))


@lru_cache(maxsize=64)
def _mended(map: bytes) -> bytes:
    return re.sub(rb"<0000>(?=\s*(?:\n|$|[<\]]))", b"<FFFD>", map)
