"""The first words of an entry, without what clerks put around them: they say what it is."""

from __future__ import annotations

import html
import re
import unicodedata

from monitor.normalize.text import without_hiding

#: How much of a long text is read: what it is stands at its head.
READ = 300
#: What stands before the words that count, removed as often as it repeats.
_BANNERS = (
    r"[\W_]+",
    # Clerks number and letter their menus: "01-Chapter 13 Plan", "BK - Order", "P-Schedule J".
    r"\d{1,2} ?- ?",
    r"(?:bk|p|soe|u|ap|cr|cv|adv|gl|ab) ?- ?(?=\w{3})",
    r"(?:text|docket|record)[- ]only\b(?! order)",
    r"(?:entered in |filing |docketing )?error\b:?",
    r"initial docs\w*:",
    r"ecf filer\b:?",
    r"sealed\b(?= (?:motion|memorandum|response|document|transcript|notice|opinion|declaration))",
    r"(?:second|third|fourth|fifth|first|\d(?:st|nd|rd|th)) (?=amend)",
    r"(?:amended|corrected|(?:un)?redacted|public|stricken|vacated|duplicate|modified|withdrawn)\b",
    r"supplemental\b(?! (?:brief|mem))",
    r"(?:restricted document|document(?=\W*sealed)|reassigned case|courtesy copy|incorrectly)\b",
    r"deficient(?: docket entry)?\b",
    r"filed\b(?: \(ecf\))?",
    # "Judge Jane Q. Roe: ORDER entered": who acts is not what it is.
    r"(?:(?:chief|senior|magistrate|district) )*judge [\w.' -]{3,40}: (?=\w)",
    r"submitted (?:\(ecf\) )?(?=appell|opening|reply|answering|\w+ brief)",
    r"[^.]{3,60}\.{4,}",
    r"received\b",
    r"\(?joint,? agreed\)?",
    r"final(?= (?:order|pretrial))",
    r"ex ?parte(?: ?/ ?consent)\b",
    r"test\b(?= ?-)",
    r"\(e\)",
    r"the court\b(?= (?:order|grant|den))",
)
_BANNER = re.compile(rf"(?:{'|'.join(_BANNERS)})\s*")
#: Clerks sort their menus so: "zMinute Entry", "01Relief from Stay".
_GLUED = re.compile(r"^\s*(?:\d{1,2}|[a-z])(?=[A-Z][a-z])")
#: "oDismiss Case": so bankruptcy clerks mark orders.
_ORDERS = re.compile(r"^o(?=[A-Z][a-z])")
#: What clerks tell each other in the name of an event.
_NOISE = re.compile(
    r"\((?:non-motion|text only|form|no pdf|no paper|no document|batch|blank|adi|adv|fee|bk"
    r"|public entry|generic|non pdf|optional|auto|manual|[a-z]{1,3}-\d{1,3}[a-z]?)\)"
    r"|\bnon ?-? ?motion(?: event)?\b|-? ?\b(?:form event|optional html form|form only)\b|- form$"
)
#: "[12]", "(#12)", "(Doc. 12)", "#12": which entry is meant, not what it is. (Patterns that begin
#: with a sign or a digit are searched for several times as fast.)
_REFERENCE = re.compile(
    r"[\[(#](?:(?<=\[)(?!proposed|unsigned)[^\]]{0,24}\]"
    r"|(?<=\()(?:doc\.?|dkt\.?|ecf)? ?(?:no\.?)? ?#? ?\d+\)|(?<=#)\s*\d+)"
)
#: "12-1"; but the number of a rule, a chapter or a form is part of its name.
_NUMBER = re.compile(
    r"\d(?<![\w.]\d)(?<!rule \d)(?<!chapter \d)(?<!cja \d)(?<!form \d)\d*(?:-\d+)?\b(?= )"
)
_DOTS = re.compile(r"\.{2,}")
_POSSESSIVE = re.compile(r"['’](?:s\b|(?<=s['’]))")
_RE = re.compile(r"\bre(?:lated document)?\(?s?\)?:")


#: What clerks put behind an entry: who entered it, and when.
_TAIL = re.compile(
    r"(?:\s*[\[(](?:entered:? [^\])]{4,40}|[A-Za-z]{2,6}|[A-Z][\w'-]+, [\w .'-]{2,30}"
    r"|\d[\w-]{3,20})[\])])+\s*$",
    re.IGNORECASE,
)


_TAIL_READ = 100


def _plain(words: str) -> str:
    """The beginning of an entry in plain letters and blanks, without the clerk's tail."""
    words = words[: 2 * READ]
    if not words.isascii():
        # Fullwidth letters, and signs that hide within a word.
        words = without_hiding(unicodedata.normalize("NFKC", words))
    if "&" in words:
        words = html.unescape(words)
    words = " ".join(words.split())[:READ]
    # A name may be no more than its brackets: "Order (Generic)".
    if not words.endswith((")", "]")) or "." not in words:
        return words
    return words[:-_TAIL_READ] + _TAIL.sub("", words[-_TAIL_READ:])


def _without_apostrophe(match: re.Match[str]) -> str:
    return match[0][1:]


def heading(words: str) -> str:
    """The words that count, in lower case: without banners, references and signs.

    >>> heading("***TEXT ONLY*** AMENDED ORDER re: [12] Motion & Brief")
    'order re motion and brief'
    """
    words = _plain(words)
    words = _GLUED.sub("", _ORDERS.sub("order ", words), count=1)
    plain = _POSSESSIVE.sub(_without_apostrophe, words.lower()).replace("&", " and ")
    if ":" in plain:
        plain = _RE.sub("re ", plain)
    if ".." in plain:
        plain = _DOTS.sub(". ", plain)
    plain = _NUMBER.sub(" ", _REFERENCE.sub(" ", plain))
    if any(sign in plain for sign in ("(", "non", "form")):
        plain = _NOISE.sub(" ", plain)
    head = " ".join(plain.split())
    while (banner := _BANNER.match(head)) and banner.end() < len(head):
        head = head[banner.end() :]
    return head
