"""What is to happen on a stated day, in the text's own words."""

from __future__ import annotations

import re

#: A name on a calendar is short.
_LONGEST = 90
_MOST_WORDS = 9
#: How far the object may stand from its verb: "file, with the Circuit, a copy".
_NEAR = 120

_HEARINGS = (
    r"hearings?|(?:tele|video)?-?conferences?|conf|(?:re-?)?trials?|(?:oral )?arguments?"
    r"|sentencings?|(?:re-?)?arraignments?|appearances?|jury selection|voir dire"
    r"|meetings?(?: of creditors)?|mediations?|pleas?|calls?|inquests?|presentment|notice of motion"
    r"|status|colloquy|allocution|deliberations|examinations?"
    r"|proceedings?|sessions?|reviews?|docket call|setting|disposition|rule 16"
)
#: Words before a hearing that say which.
_WHICH = (
    r"hearing|status|motions?|telephon\w+|telephone|video|zoom|virtual|in-?person|remote|initial"
    r"|final|further|joint|interim|pre-?trial|pre-?motion|pre-?hearing|post-?\w+|pre-?settlement"
    r"|scheduling|settlement|case|management|change|of|plea|pleas|detention|evidentiary|bond|bail"
    r"|review|sentencing|jury|bench|show|cause|order|to|preliminary|injunction|tro|temporary"
    r"|restraining|rule \d{1,2}(?:\([a-z]\))?|conference|markman|claims?"
    r"|construction|en|banc|oral|probable"
    r"|revocation|supervised|release|probation|attorney|representation|confirmation|conciliation"
    r"|creditors|section|341(?:\(a\))?|docket|control|discovery|mediation|adr|identity|removal"
    r"|competency|daubert|suppression|summary|judgment|class|certification|fairness|approval"
    r"|telephonic|planning|compliance|trial|setting|ex|parte|emergency|administrative|sealed"
    r"|next|calendar|notice|show-cause|parties'?|attorneys?/parties'?|exit|strategy|omnibus"
    r"|bankruptcy|disclosure|statement|adversary|appeal|criminal|civil|guilty|self|contempt"
    r"|in-?court|informal|dispute|resolution|early|neutral|evaluation|continued|half-day|day"
    r"|arraignment|initial|appearance|panel|and"
)
_HEARING = re.compile(
    rf"\b(?<!without )(?<!without oral )(?:(?:{_WHICH})[ /-]{{1,3}}){{0,8}}(?:{_HEARINGS})\b",
    re.IGNORECASE | re.ASCII,
)
_NOTICE_OF = re.compile(
    r"^(?:(?:order|rule) (?=\w+ hearing)|notice of (?!motion)|(?:re)?scheduling (?=oral|the)"
    r"|(?:re)?setting )+",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:briefs?|appendix|appendices|responses?|repl(?:y|ies)|answers?|reports?|statements?"
    r"|letters?|motions?|objections?|oppositions?|memorand(?:um|a)|memos?|notices?|plans?"
    r"|proposals?|proposed order|stipulations?|pleadings?|complaints?|transcripts?|records?"
    r"|disclosures?|discovery|depositions?|index|petitions?|lists?|instructions|exhibits"
    r"|certificates?|claims?|schedules?|fees?|declarations?|affidavits?|supplements?|submissions?"
    r"|documents?|papers|agreement|requests?|status|mediation|amendments?|joinder|experts?"
    r"|restriction|access|course|payments?|installment|forms?|consent|excerpts|mandate"
    r"|materials?|copies|productions?|dismissal|mediator|questionnaire"
    r"|designations?|accounting|witness(?:es)?|bill of costs)\b",
    re.IGNORECASE,
)
#: What does not belong to the name of a paper.
_STOP_WORDS = """
    the a an its their his her any all each this that these those to and or for by in on at with
    from shall must will is are be been was were may file files filing filed submit submitting
    serve provide respond parties party court counsel ordered directed directs plaintiff plaintiffs
    defendant defendants defendant's defendants' plaintiff's plaintiffs' both which who said such
    upon if as re granting extending inc llc corp et al
"""
_STOPS = frozenset(_STOP_WORDS.split())
_DO = (
    r"(?:re-?)?(?:file|submit|serve|provide|produce|complete|lodge|exchange|make|send|deliver"
    r"|propose|show cause|amend|answer|respond|reply(?! brief| mem)|oppose|object|pay|effect"
    r"|supplement|confer|appear|disclose|filing|submitting|serving|submission of|completion of"
    r"|designate|mail|present)"
)
#: "shall file a joint status report", "to respond"; else the first such verb.
_OBJECT = re.compile(
    rf"\b(?:to|shall|must|will|may|for)(?: \w+ly)? {_DO}(?:(?: and|/) ?{_DO})?\b"
    rf"|\b{_DO}(?:(?: and|/) ?{_DO})?\b",
    re.IGNORECASE,
)
_BOUND = re.compile(r"^(?:to|shall|must|will|may|for)(?: \w+ly)? ", re.IGNORECASE)
_OBJECT_ENDS = re.compile(
    r"[.,;:()\[\]]|\b(?!briefing|hearing|filing|meeting|opening|answering|scheduling|supporting"
    r"|operating|pleading|remaining|pending|opposing)\w{3,12}ing\b"
    r"|\b(?:on or before|no later|not later|by|until|with|that|which|not to|in which|within"
    r"|unless|due|is|are|shall|must|will|has|have|be|should|pursuant"
    r"|up to|to and including|through|as to)\b",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"^(?:answer|respond|reply|oppose|object|amend|pay|confer|propose|show cause|appear)",
    re.IGNORECASE,
)
_TWO_VERBS = re.compile(r" and\b|/", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:(?:and|the|a|an|any|that|their|its|his|her|such|for|to|all|of|is|are|set|reset|also"
    r"|vacating|staying|extending|holding in abeyance|cancell?ing|striking|terminating"
    r"|hereby|ordered|deadlines?(?=[:/])|hearings?(?=:)|no|not|now|re)\b[\s:,/]{0,4}){1,12}",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\W*(?:\b(?:is|are|was|due|now|shall|be|if any|must|will|to|has|been)\W*){1,4}$", re.IGNORECASE
)
#: Names of those who filed something else, before the paper that is due.
_OF_OTHERS = re.compile(
    r"\b(?:by|filed|[Gg]ranting|[Dd]enying|[Ee]xtending|LLC|Inc|Corp|Ltd|L\.L\.C|Company|et al)\b"
    r"|^(?i:from|for|of|by|in|at|before)\b"
)
#: Clerks name these without more words.
_BARE = frozenset(["responses", "replies", "response", "reply", "objections", "answer", "answers"])
_PARTS = re.compile(r"- (?=[A-Z])|[;:()\[\]*]|,? and (?=the )|, (?=[a-z]+ )|\. ?(?=[A-Z])")


def hearing(words: str) -> str:
    """The last hearing that is named, or "".

    >>> hearing("ORDER re 12 Motion. The Telephonic Status Conference is")
    'Telephonic Status Conference'
    """
    name = ""
    for found in _HEARING.finditer(words):
        name = found[0]
    return _short(_NOTICE_OF.sub("", name))


def hearings(words: str) -> tuple[tuple[str, int, int], ...]:
    """Each hearing that is named, in the order of the words, with where it begins and ends.

    >>> hearings("the status conference and the jury trial")
    (('status conference', 4, 21), ('jury trial', 30, 40))
    """
    places = (place for found in _HEARING.finditer(words) for place in _each_of(found))
    named = ((_short(_NOTICE_OF.sub("", words[begin:end])), begin, end) for begin, end in places)
    return tuple(one for one in named if one[0])


def _each_of(found: re.Match[str]) -> list[tuple[int, int]]:
    """ "status conference and motion hearing" are two, "show cause and motion hearing" is one."""
    begin, middle, end = found.start(), found[0].lower().rfind(" and "), found.end()
    parts = found[0][:middle], found[0][middle + 5 :]
    if middle < 0 or not all(_HEARING.fullmatch(part) for part in parts):
        return [(begin, end)]
    return [(begin, begin + middle), (begin + middle + 5, end)]


def paper(words: str) -> str:
    """The last paper or step that is named, with the words that say which; or "".

    >>> paper("within these limits the joint status report shall be filed")
    'joint status report'
    """
    place = -1
    for found in _PAPER.finditer(words):
        place = found.end()
    if place < 0:
        return ""
    name: list[str] = []
    for word in reversed(words[:place].split()[-5:]):
        if word == "of" and name:
            name.insert(0, word)
            continue
        if name and (word.lower() in _STOPS or word.endswith((".", ",", ";", ":", ")", "]"))):
            break
        if name and name[0] != name[0].lower() and name[0].lower() in _BARE and "'" not in word:
            break
        name.insert(0, word)
    return _short(" ".join(name))


def first_paper(words: str) -> str:
    """The first paper that is named: "a joint status report setting forth a proposal".

    >>> first_paper(", a joint status report setting forth a proposal")
    'joint status report'
    """
    end = 0
    for found in _PAPER.finditer(words):
        if end and words[end : found.start()].strip():
            break
        end = found.end()
    return paper(words[:end])


def subject(words: str) -> str:
    """The subject of "is due", which stands at the end of these words: all of it if it is short.

    >>> subject("(re: 3) Set Deadlines: Joint Status Report")
    'Joint Status Report'
    """
    last = _short(_IS.sub("", _PARTS.split(words)[-1]))
    is_whole = last and len(last.split()) <= _MOST_WORDS and not _OF_OTHERS.search(last)
    return last if is_whole else paper(words)


def object_of(words: str) -> str:
    """What is to be filed, or the step itself: "respond".

    >>> object_of("the parties shall file a joint status report, which")
    'joint status report'
    """
    verbs = list(_OBJECT.finditer(words))
    bound = [found for found in verbs if _BOUND.match(found[0])]
    if not verbs:
        return ""
    found = (bound or verbs[:1])[-1]
    verb = _BOUND.sub("", found[0])
    if _ITSELF.match(verb) and not _TWO_VERBS.search(verb):
        return verb
    rest = _named_thing(words[found.end() :])
    if not rest:
        return first_paper(words[found.end() :][:_NEAR])
    return rest


def _named_thing(words: str) -> str:
    rest = _short(_OBJECT_ENDS.split(words, maxsplit=1)[0])
    return " ".join(rest.split()[:_MOST_WORDS])


#: Steps that have no paper.
_STEP = re.compile(
    r"\b(?:notify|advise|inform|contact|meet and confer|confer|move|vote|show cause)\b"
    r"|(?:(?<=\bshall )|(?<=\bmust )|(?<=\bordered to )|(?<=\bdirected to ))"
    r"(?!(?:be|not|have)\b)[\w-]+",
    re.IGNORECASE,
)


def step(words: str) -> str:
    """What is to be done without a paper: "notify".

    >>> step("the parties shall notify the court"), step("the parties must comply")
    ('notify', 'comply')
    """
    found = _STEP.findall(words)
    return str(found[-1]) if found else ""


def _short(words: str) -> str:
    name = _ARTICLE.sub("", words.strip(" ,.-–—/\"'“”#*"))
    name = name.strip(' ,.-–—/"“”#*')
    return name if len(name) <= _LONGEST else name[:_LONGEST].rpartition(" ")[0]
