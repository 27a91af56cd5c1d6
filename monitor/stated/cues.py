"""The words by which docket entries say what a day is.

Patterns that end in "$" are searched for in what stands before a day, the others in what stands
behind it, or where their comments say.
"""

from __future__ import annotations

import re

Cue = re.Pattern[str]

#: Where a sentence ends; not behind an initial, "Mr.", "No.".
SENTENCE_END = re.compile(
    r"(?<![ .(][A-Z])(?<! v)(?<!\b(?:Mr|Ms|Dr|No|Jr|St|Rm|Ct))"
    r"(?<!\b(?:Mrs|Hon|Nos|Dkt|Doc|Fed|Civ|App|Cir|Ave|Ste|Flr))(?<!\b(?:Crim|Blvd|Bldg|Ctrm))"
    r"(?:[.;](?=\s*[A-Z(\[#*])(?!(?<=[ap]\.m\.) (?:Courtroom|Room|[ECMP][SD]?T\b|Eastern|Central"
    r"|Mountain|Pacific))|\.{2,}|\*{2,})"
)
_NOT_YET = r"(?<!to be )(?<!will be )(?<!shall be )"
#: What was done on a day: no calendar holds it.
PAST = re.compile(
    rf"\b{_NOT_YET}(?:held|filed|signed|dated|entered|modified|edited|served|sent|issued|received"
    r"|executed|added|replaced|docketed|decided|completed|mailed|transferred|faxed|imposed|ordered"
    r"|authorized|approved|service|issuance|submitted|taken|argued|conducted|heard|appeared"
    r"|(?:held|conducted|heard) (?:an? |the |oral )[^.;]{1,60} on|(?:start|end|stop) date)"
    r"(?: (?:in|by|at|before|as) [^;]{1,80} on| on| date)?[\s:,]{0,3}$",
    re.IGNORECASE,
)
DUE = re.compile(
    r"\b(?:due(?! to | process)|deadlines?|ddl|cut-?off|bar date|last day (?:to|for) [^.;]{1,60})"
    r"(?P<for>(?: (?:for|from|to) [^;:]{1,90}?)?)"
    r"(?:,? (?:by|on|no|not|later|than|on or before|before|is|are|now|set|reset|re-set|for|at|to|of"
    r"|date|dates|updated|moved|extended|continued|remains|shall|be|until|and including|noon"
    r"|hereby|reset for)\b){0,6}[\s:,-]{0,4}$",
    re.IGNORECASE,
)
EXTENDED = re.compile(
    r"\b(?:extend(?:s|ed|ing)?|extensions?|enlarge(?:s|d|ment)?|enlarging|updated|restricted)\b"
    r"[^.;]{0,160}?\b(?:from|to|until|till|through|thru)(?: and (?:including|incl|through))?"
    r"[\s:,]{0,3}$",
    re.IGNORECASE,
)
SET = re.compile(
    r"\b(?:(?:re-?)?(?:set|scheduled?|calendared|noticed|adjourned|continued|moved|postponed|placed)"
    r"|(?:re-?)?setting|(?:re-?)?scheduling|continuing|adjourning|resets|sets|schedules|continues"
    r"|recess(?:ed|es)|fixed|advanced|deferred|begins?|beginning|commences?|start|converted)\b"
    r"(?: (?!for |to |on |until |at |(?:re-?)?set |scheduled |continued )[\w'.,-]{1,20}){0,9}?"
    r"(?: (?:for|to|on|until|at|from|in|hearing|as|follows|the|begin|and including|till)){0,4}"
    r"[\s:,]{0,3}$",
    re.IGNORECASE,
)
HELD_THEN = re.compile(
    r"\b(?:to be|will be|shall be) (?:held|heard|conducted|taken up)\b[^.;]{0,80}?"
    r"(?:\bon|\bfor)?[\s,:]{0,3}$"
    r"|\b(?:will|shall|to) (?:hold|conduct|hear|convene|begin|commence|appear|take place"
    r"|be held|resume|reconvene|continue)\b"
    r"[^.;]{0,140}?(?:\bon)?[\s,:]{0,3}$",
    re.IGNORECASE,
)
BY = re.compile(
    r"(?:^|[\s(,])(?:by|on or before|before|no later th[ae][nt]|not later than|until|till|through"
    r"|up to and including|to and including|has to)(?: and including)?(?: close of business"
    r"| the end of the day)?(?: on)?[\s,:]{0,3}$",
    re.IGNORECASE,
)
#: Who has to do something until then.
DUTY = re.compile(
    r"\b(?:shall|must|order to|show cause|directed|directs?|directing|ordered|orders|required"
    r"|requires|is to|are to|to file|file|files|submit|respond|serve|has|have"
    r"|be (?:filed|completed|submitted|received"
    r"|produced|served|assigned|made)|completed|complete|received|extended|given|allowed|set"
    r"|granted|may)\b",
    re.IGNORECASE,
)
ASKS_THAT = re.compile(
    r"\b(?:requests? (?:that|an?|to)|seeks?|asks?|moves? (?:for|to|the court))\b", re.IGNORECASE
)
#: Whose words bind, whatever else the sentence tells of what was asked.
BINDS = re.compile(r"\b(?:shall|must|ordered|directed|granted|granting)\b", re.IGNORECASE)
SHALL_BE = re.compile(r"\b(?:shall|must|should|is to|are to)\b[^.;]{0,40}\bbe\b", re.IGNORECASE)
#: "March 3" has come to be the end: "discovery to close on", "Discovery ends on".
CLOSES = re.compile(
    r"\b(?:discovery|deadline|period|time|right|access|registration)\b[^.;]{0,60}?"
    r"\b(?P<verb>close[sd]?|ends?|expires?|restricted|conclude[sd]?)"
    r"(?: (?:on|by|until|through))?[\s:,]{0,3}$",
    re.IGNORECASE,
)
#: What somebody was told to do before: the day is told of, not set.
TOLD = re.compile(
    r"\b(?:was|were|had been|having been|previously)"
    r" (?:instructed|ordered|directed|required|given)\b",
    re.IGNORECASE,
)
#: Between two days of one sentence.
RANGE = re.compile(r"^\s?(?:to|until)(?: and (?:including|through))?\s?$", re.IGNORECASE)
WAS = re.compile(
    r"^[\s,(]{0,3}(?:from|was|previously|formerly|originally)(?: (?:set|scheduled|for)){0,2}\s$",
    re.IGNORECASE,
)
AND = re.compile(r"^\s?(?:,|,? (?:and|&|or)|and)\s?(?:on )?$", re.IGNORECASE)
BY_WIRE = re.compile(
    r"[\s,]{0,2}\b(?:by|via) (?:telephone|phone|zoom|video ?conference|video|tele-?conference"
    r"|webex|microsoft teams)\b",
    re.IGNORECASE,
)
SCHEDULE = re.compile(r"\bschedul(?:e|ing)\b|\bset (?:briefing|deadlines)\b", re.IGNORECASE)
#: What a name does not hold.
APART = re.compile(r",|\bthe\b", re.IGNORECASE)
#: What ends a sentence's line otherwise than a name does.
LOOSE_END = re.compile(
    r"\b(?:on|by|in|at|of|the|for|to|is|was|were|from|until|before|after|since|dated|filed)$",
    re.IGNORECASE,
)
#: "Conference to take place before March 3": that is a deadline.
BEFORE_DAY = re.compile(r"\b(?:before|by|no later than|not later than)\W*$", re.IGNORECASE)
#: "On March 3, the Court will hold a hearing", "On March 3, counsel shall call chambers".
ON_DAY = re.compile(r"^\W*(?:and |but |that )?on\W*$", re.IGNORECASE)
WILL_HOLD = re.compile(
    r"[\s,]{0,2}[^.;]{0,80}?\b(?:will|shall|to) (?:hold|conduct|hear|convene|have|appear)\b"
    r"|[\s,]{0,2}there (?:will|shall) be\b",
    re.IGNORECASE,
)
SHALL = re.compile(r"[\s,]{0,2}[^.;,]{1,60} (?:shall|must)\b", re.IGNORECASE)
#: What is set, but nobody appears for it: "Transcript Designation set for".
PAPER_SET = re.compile(r"\b(?:designations?|reports?|statements?|briefs?|record)$", re.IGNORECASE)
HEARD = re.compile(r"\bheard\b", re.IGNORECASE)
#: What a court hears, if a time is set for it: "Motion is continued to 3/4/2026 at 9:45 AM".
IS_HEARD = re.compile(r"\b(?:motions?|applications?|petitions?|matter|case)\b", re.IGNORECASE)
BARE_ON = re.compile(r"^[\s,]{0,3}(?:and )?(?:on)?[\s,]{0,3}$", re.IGNORECASE)
#: What stands behind "last day to object".
LEADS = re.compile(r"(?:\s(?:is|are|on|shall be|now)){0,3}[\s:,-]{0,4}$", re.IGNORECASE)
DATE = re.compile(r"\W*(?:(?:hearing|court|trial) )?date\b", re.IGNORECASE)
OF_DEADLINE = re.compile(
    r"\b(?:deadline|discovery|restriction|ddl|cut-?off)\W*(?:is|are|shall be|has been)?\W*$",
    re.IGNORECASE,
)
DEADLINE = re.compile(r"\W*(?:[\w-]+ ){0,2}(?:deadlines?|due date)\b", re.IGNORECASE)
LISTED = re.compile(r"^[\s,;:.]{0,4}(?:and )?(?P<what>[\w'’() /-]{3,80})[\s:,-]{0,3}$")
ON = re.compile(r"(?:\b(?:on|for|date|of hearing|is|are|at)|:)[\s:,-]{0,3}$", re.IGNORECASE)
APPEAR = re.compile(r"\b(?:to|shall|must) (?:\w+ )?appear\b[^.;]{0,80}$", re.IGNORECASE)
BEFORE_JUDGE = re.compile(r"[^.;]{0,60}\bbefore\b", re.IGNORECASE)
JUDGE_BEFORE = re.compile(
    r"\bbefore (?:the )?(?:hon|judge|magistrate|chief|u\.s)[^;]{2,60} on[\s,]{0,3}$", re.IGNORECASE
)

DATE_OF_HEARING = re.compile(r"\b(?:date of hearing|hearing date)[:\s]*$", re.IGNORECASE)
TO_MOVE = re.compile(
    r"\b(?:to|for) (?:\w+ )?(?:continue|adjourn|reschedule|vacate|reset|postpone|advance|cancel"
    r"|move|continuance of|adjournment of|appear)\b[^.;()]{0,80}$",
    re.IGNORECASE,
)

_GONE = (
    r"(?:vacated|cancell?ed|stricken|struck|taken off|off[- ]calendar|removed from|terminated"
    r"|adjourned|continued|(?:re-?)set|rescheduled|moved|postponed|stayed|held in abeyance"
    r"|suspended|mooted|moot|withdrawn|extended|enlarged|deferred|tolled"
    r"|discharged|not (?:be )?(?:held|go forward|proceed))"
)
#: Of several things ("are"), or of the one that was named: no new subject begins before the verb.
GONE_BEHIND = re.compile(
    rf"(?:[^.;]{{0,120}}?\b(?:are|were)"
    rf"|(?:(?!(?:,|\band|\bbut) (?:the|that|any|all|a|if) )[^.;]){{0,120}}?"
    r"\b(?:is|be|was|been|being|hereby|and|will))"
    rf"(?: (?:hereby|also|now|therefore|accordingly|sua sponte|further|be)){{0,2}} {_GONE}\b"
    rf"|[\s,(:-]{{0,4}}(?:date )?{_GONE}\b"
    r"|[^.;]{0,80}? (?:taken )?off (?:the (?:court's )?)?(?:motion )?calendar",
    re.IGNORECASE,
)
#: A sentence of its own: "Hearing on 3/4/2026. Vacated per order."
GONE_NEXT = re.compile(r"\W{0,4}(?:vacated|cancell?ed|stricken|not held)\b", re.IGNORECASE)
GONE_BEFORE = re.compile(
    r"\b(?:vacat(?:es|ing)|extend(?:s|ing)|cancel(?:l?ing|s)?|strik(?:es|ing)|stay(?:s|ing)|suspend(?:s|ing)"
    r"|adjourn(?:s|ing)?|continu(?:es|ing)|terminat(?:es|ing)|postpon(?:es|ing)"
    r"|hold(?:s|ing)? in abeyance|(?:not|unable) (?:be able )?to (?:hold|conduct|convene)"
    r"|will not (?:be able to )?(?:hold|conduct|convene)"
    r"|(?<=to )(?:continue|vacate|adjourn|postpone|strike|reschedule|cancel)(?= (?:the )?$)"
    r"|(?:vacated|cancell?ed|struck|stayed|suspended|adjourned|continued)"
    r"(?= (?:the|to|until|that|this|its)\b))\b(?P<tail>[^.;:()]{0,140})$",
    re.IGNORECASE,
)
IS_DUE = re.compile(r"\bdue\b[^.;]{0,40}$", re.IGNORECASE)
SET_FOR = re.compile(
    r"\b(?:set|scheduled|calendared|noticed)(?: \w+){0,2}(?: for| on)?\W*$", re.IGNORECASE
)
TO = re.compile(r"\b(?:to|until|till|for|through)\W*$", re.IGNORECASE)
TO_OR_FROM = re.compile(r"\b(?:to|until|till|for|through|from)\W*$", re.IGNORECASE)
MOVED_FROM = re.compile(
    r"\b(?:from|previously (?:set|scheduled)(?: (?:for|on|to begin on))?|originally \w+ for"
    r"|formerly|was)[\s:,(]{0,3}$",
    re.IGNORECASE,
)
MOVES = re.compile(
    r"\b(?:re-?set|rescheduled?|rescheduling|continued?|adjourn(?:ed)?|moved?|extend(?:ed)?"
    r"|postponed?|resetting)\b",
    re.IGNORECASE,
)
#: "to continue the hearing from March 3, 2026 to March 9, 2026".
FROM_TO = re.compile(
    r"[^.;]{0,60}?\b(?:to|until)(?: and including)? (?:\w{3,6}day,? )?(?:[A-Z][a-z]{2,8}\.? )?\d"
)
#: An hour that does not say which half of the day it is in is no time.
HOUR = re.compile(r"\s\d{1,2}:\d\d\s*$")
DENIED = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.IGNORECASE)
#: Before the verb that takes a day back: it does not. "Not held" says by itself that it is gone.
NOT = re.compile(
    r"\b(?:not|never|nor|neither|cannot|without|declin(?:es?|ed|ing)|refus(?:es?|ed|ing)"
    r"|rather than)\b(?! only\b)(?! (?:be )?(?:held|go forward|proceed|take place)\b)[^.;]{0,40}$",
    re.IGNORECASE,
)
#: What is asked for and denied, up to the day; behind "and" the court sets what it sets.
DENIED_ASK = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|declin(?:es?|ed|ing)|refus(?:es?|ed|ing))\b"
    r"(?:(?!\b(?:and|but|grant\w*)\b)[^.;]){0,120}?"
    r"\b(?:motions?|requests?|applications?|petitions?|stipulations?)\b"
    r"(?P<asked>(?:(?!\b(?:and|but|granting|granted|sets?|setting|resets|resetting|scheduling|shall"
    r"|must|remains?)\b|\bset (?:a|an|the)\b)[^.;]){0,200})$",
    re.IGNORECASE,
)
ASK = re.compile(
    r"\b(?:motions?|requests?|applications?|petitions?|stipulations?)\b"
    r"(?P<asked>(?:(?!\b(?:and|but|grant\w*)\b)[^.;]){0,200})$",
    re.IGNORECASE,
)
#: Behind the day: what was asked for is denied.
IS_DENIED = re.compile(
    r"(?:(?!\b(?:and|but)\b)[^.;]){0,120}?\b(?:is|are|be|hereby|:)\s(?:\w+ )?denied\b",
    re.IGNORECASE,
)
#: A motion against a day that is set; denied, that day stands, and the day that it asks for not.
ASKS_TO_MOVE = re.compile(
    r"\b(?:continu\w+|adjourn\w*|re-?schedul\w+|vacat\w+|re-?set|postpon\w+|advance|cancel\w*|move"
    r"|stay|strike|extend|extension|enlarge\w*)\b",
    re.IGNORECASE,
)

#: A party's paper, by its first words; what it says of days is asked for.
ASKS = re.compile(
    r"[^.:;]{0,70}?\b(?:motions?(?! hearing| is\b| are\b| heard)|stipulation|letter(?! order)"
    r"|(?<!the )request|application|petition|proposed|consent(?! order| decree))\b",
    re.IGNORECASE,
)
ACT = re.compile(
    r"[^.:;]{0,70}?\b(?:orders?|minutes?|granting|denying|grants|denies|hearing|set|reset"
    r"|scheduling|clerk|shall|must|directed|directive|the court|court's own)\b",
    re.IGNORECASE,
)
ACTED = re.compile(
    r"\b(?:so ordered|ordered that|it is|the court (?:will|has|orders|directs)|granted|resetting"
    r"|granting motion|endorsement|(?:is|are) (?:hereby )?(?:(?:re)?set|extended|continued|vacated"
    r"|adjourned|rescheduled|stricken|recessed|entered)|are directed|is directed|hereby)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:request(?:s|ed|ing)?|propos(?:e|es|ing)|seek(?:s|ing)?|ask(?:s|ed|ing)?|moved the"
    r"|motions? to (?:continue|adjourn|extend))\b",
    re.IGNORECASE,
)

PLACE = re.compile(
    r"[\s,(-]{0,4}"
    r"(?:(?:appear in|in|at|via|by|through|location:|scheduled location:|-)\s{1,2}){1,2}(?:the )?"
    r"(?P<place>(?:Courtroom|Ctrm|Room|Rm|Judge'?s Conference Room|Zoom|telephone|phone"
    r"|tele-?conference|video|Microsoft Teams|Teams|WebEx|U\.?S\.? |United States|Bankruptcy|\d"
    r"|[A-Z])[^;()]{0,120})",
)
BARE_PLACE = re.compile(r"[\s,(-]{0,4}(?P<place>(?:Courtroom|Ctrm|Room)\.? [^;()]{1,100})")
PLACE_ENDS = re.compile(
    r"\.\.|\.?(?:\s{1,3}(?:before|to|for|with|and the|and counsel|if|on|re|regarding|as)\b|$)"
    r"|\.(?=\s*[A-Z])(?<!\b[A-Z]\.)(?<!Blvd\.)(?<!Ctrm\.)(?<!Rm\.)(?<!St\.)(?<!Ave\.)"
    r"|, (?=(?:the|counsel|all|to|and|before|(?i:meeting id|passcode|dial|phone|using))\b)|:| ?- "
)
