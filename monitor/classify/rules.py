"""The rules: ordered, readable, each with its reason and an example. The first that fits decides.

A rule looks at the head of an entry's text or at an event name, in lower case, without banners
("TEXT ONLY", "AMENDED", "ENTERED IN ERROR"), without links and signs. `^` means the beginning.
Propose one by adding a line at the right height: what must win stands above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.model.docket import EntryKind as K


@dataclass(frozen=True, slots=True)
class Rule:
    kind: K
    #: What stands at the beginning, and what may stand anywhere; None where a rule has none.
    begins: re.Pattern[str] | None
    holds: re.Pattern[str] | None
    reason: str
    example: str

    def find(self, head: str) -> re.Match[str] | None:
        """Where the rule fits, if it does."""
        found = self.begins.match(head) if self.begins else None
        return found or (self.holds.search(head) if self.holds else None)


def _rule(kind: K, pattern: str, reason: str, example: str) -> Rule:
    # Searching for what can only stand at the beginning would try every letter of every text.
    parts = _alternatives(pattern)
    anchored = "|".join(part for part in parts if part.startswith("^"))
    free = "|".join(part for part in parts if not part.startswith("^"))
    begins = re.compile(anchored) if anchored else None
    return Rule(kind, begins, re.compile(free) if free else None, reason, example)


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the bars that stand outside of all brackets.

    >>> _alternatives("^a(?:b|c)|[|]d")
    ['^a(?:b|c)', '[|]d']
    """
    parts, depth, start = [], 0, 0
    for sign in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", pattern):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if sign[0] == "|" and depth == 0:
            parts.append(pattern[start : sign.start()])
            start = sign.end()
    return [*parts, pattern[start:]]


_PAPERS = r"(?:memorandum|memo|brief|reply|response|opposition|objections?|surreply|sur-reply|traverse|answering brief|points and authorities)"

RULES: tuple[Rule, ...] = (
    # --- what no later rule may take ------------------------------------------------------
    _rule(
        K.ADMINISTRATIVE_OTHER,
        r"^paper copies|^defective\b|^(?:mail|correspondence|notice|document)s? (?:\w+ ){0,2}(?:returned|undeliver)|^mail\b.{0,60}\bundeliver|^judgments? (?:and commitment )?returned|^transmittal of (?:doc|paper)|^adversary .{0,30}closed|^payment\b|^filing fee|^cja\b|^judge assign|^set\b|^waiver of (?!service)|^(?:agency|district court|lower court) .{0,40}\breceived|^hearing (?:continued|adjourned|rescheduled|cancel)|^meeting of creditors\b.{0,30}non-?app|^request for (?:summons|waiver of service)$",
        "clerks' and parties' papers that ask for nothing",
        "Mail Returned",
    ),
    _rule(
        K.ADMINISTRATIVE_OTHER,
        r"^request for production|^docket entry correction|^transfer of claim|^motions? (?:referred|terminated|submitted)|^information regarding|^certificat(?:e|ion)s? (?:of|regarding|re) (?:(?:budget|credit|consumer|debtor|personal|domestic|instructional|financial)\b|completion of (?:\w+ ){0,3}course|failure)|^certificate of (?:interest|no objection)|^certificate of (?:\w+ ){0,2}(?:course|counseling)|^bnc form request|^sealed (?:psr|presentence|addendum|plea|pretrial)|^incomplete filing",
        "bankruptcy's and discovery's papers that ask for nothing",
        "Certificate of Credit Counseling",
    ),
    _rule(
        K.ORDER,
        r"\(order\)$|^(?!motion|notice|request|response|reply|opposition|objection|memo|brief|letter|proposed|transcript|usca|certif|stipul|application|petition|declar|affid|lodg|mail|.*\b(?:to|for|re|on|regarding|from|of|with|proposed) (?:an |the )?orders?\W*$)(?:[\w/&'-]+ ){5,9}orders?\W*$|^order (?:re)?(?:scheduling|setting|opening)|^(?:setting|striking|regarding|confirming|discharging|dismissing|adopting|sustaining|overruling|granting|denying|vacating|reinstating|converting|avoiding|approving (?!of)|extending)\b(?!.{0,60}\bmotion\)?$)",
        "an order, named by what it does (bankruptcy feeds)",
        "Adopting Report and Recommendations",
    ),
    _rule(
        K.NOTICE,
        r"^notice of presentment|^notice of motion .{0,40}presentment|^(?:notice|citation) of supplemental|^notice of entry of (?:order|judgment)|^line\b(?! of)|^notice (?:re)?(?:scheduling|setting|continuing|failure|advising)|^notice of no objection|^(?:objection|hearing) notice|, notice of$|\(notice(?: of)?\)|^notice to\b|^change of address|^hearing (?:re)?(?:set|scheduled)\b(?! on)|^request for (?:courtesy |special |service of )?notice",
        "a notice",
        "Notice Rescheduling Hearing",
    ),
    _rule(
        K.MOTION,
        r", (?:motion|application) (?:to|for)\)?$|^(?:the )?(?:government|united states|usa|plaintiff|defendant|petitioner|respondent|debtor|appellant|appellee|trustee)s?'?s? (?:\w+ )?motions? (?:to|for)\b(?!.{0,200}\b(?:is|are) (?:hereby )?(?:granted|denied|allowed))|^proposed sealed motion|^withdraw as (?:attorney|counsel)|^preserve\b|^adequate protection|^(?:rule )?2004 exam|^proceed without|^disallow|^in forma pauperis",
        "a motion, named by what it asks",
        "Withdraw as Attorney",
    ),
    _rule(
        K.MINUTE_ENTRY,
        r"^(?:[\w/&'-]+ (?:- )?){1,6}(?:initial|final|detention|revocation|evidentiary) hearing(?: - [\w ]+)?$",
        "a hearing that took place",
        "Revocation of Supervised Release - Final Hearing",
    ),
    _rule(
        K.ORDER,
        r"^eo:|^(?:civil )?minutes?(?: order)? ?\(?in chambers\b|^\(?in chambers\)|^minute entry before the honorable [\w. ,'-]{3,50}:(?!.{0,260}\b(?:held|appeared|present|argument|testi\w+|trial)\b)|^report of hearing and order|^(?:preliminary|permanent) injunction ?[.:]|^(?:preliminary|permanent) injunction\b.{0,80}\b(?:signed|enjoined|ordered)",
        "the court orders",
        "MINUTES (IN CHAMBERS) ORDER GRANTING APPLICATION",
    ),
    _rule(
        K.MINUTE_ENTRY,
        r"^ep:|^case (?:heard|argued)\b|^(?:civil|criminal) minutes\b(?! ?\(?in chambers)|^electronic clerk'?s notes?(?: for proceedings|$)|^motion hearing$",
        "a hearing that took place",
        "Electronic Clerk's Notes for proceedings held before Judge Roe",
    ),
    _rule(
        K.OPINION,
        r"^memorandum signed by|^per curiam\b(?! (?:order|judgment|opinion)),|^proposed findings (?:and|&) recommend\w* disposition|^memorandum[- ]decision|^memorandum \([\w. ]+[,)]|\bopinion filed by\b|^(?:published|unpublished)? ?opinion \(",
        "the court gives its reasons",
        "MEMORANDUM-DECISION and ORDER",
    ),
    _rule(
        K.NOTICE_OF_APPEAL,
        r"^(?:us |u\.s\. )?(?:civil|criminal|agency|bankruptcy|original|prisoner)\b[\w, ]{0,30}\bcase docketed\b.{0,30}notice of appeal",
        "the docket of an appeal opens with its notice",
        "US CIVIL CASE docketed. NOTICE OF APPEAL seeking review",
    ),
    # --- the Supreme Court's docket, in its own words ---------------------------------------
    _rule(
        K.JUDGMENT,
        r"^judgment issued\b|^mandate issued\b.{0,30}supreme|^adjudged to be (?:affirmed|reversed|vacated)|^judgment (?:vacated|reversed|affirmed) and case remanded",
        "the Supreme Court's judgment",
        "JUDGMENT ISSUED.",
    ),
    _rule(
        K.ORDER,
        r"^(?:the )?(?:cross-)?(?:petitions?|applications?|motions?)\b(?: \([0-9a-z-]+\))?[^.;]{0,260}\b(?:denied|granted|dismissed)\b(?! (?:leave|pending)\b)(?<!to be granted)(?<!to be denied)|^(?:application \S+ )?(?:referred to the court|administrative stay)|^application\b.{0,280}\bit is (?:\w+ )?ordered|^response (?:to the \w+ )?requested\b|^rehearing denied\b",
        "the court acts on a petition, an application or a motion",
        "Application (25A123) granted by the Court.",
    ),
    _rule(
        K.ADMINISTRATIVE_OTHER,
        r"^distributed for conference|^record (?:requested|received)|^argued\b|^set for argument|^supplemental.{0,30}distributed",
        "the Supreme Court's clerk",
        "DISTRIBUTED for Conference of 9/28/2026.",
    ),
    _rule(
        K.STIPULATION,
        r"^(?:joint |consent |agreed )?stipulation\b(?!.{0,25}\bso[- ]ordered)(?!.{0,240}\bsigned by\b)(?=.{0,60}\bproposed\b)",
        "a stipulation with an order that is only proposed",
        "Stipulation and [Proposed] Order",
    ),
    _rule(
        K.ORDER,
        r"^(?:\w+[ -]){0,3}stipulat\w+ (?!for|to|re|regarding|in|by|of)(?:and |& )?(?:\w+ ){0,2}(?:order|judgment order)\b|^stipulat\w+.{0,40}\bso[- ]ordered|^(?:memo|memorandum) endors|^endorsed letter|^(?:[\w-]+ )?(?:magistrate |chief |senior |district )?judge [\w. ]{3,40}: (?:\w+ ){0,3}order|^(?!.{0,30}\bjudgment\b).*\b(?:hereby|therefore) (?:ordered|referred)|^notice of voluntary dismissal - signed|^motion order\b|^hearing order|\band scheduling order\b|^order (?:of service|in a civil|returned signed)",
        "the court orders",
        "Stipulated Order Dismissing Case",
    ),
    _rule(
        K.APPEARANCE,
        r"^acknowledg\w+ and notice of appearance|^hearing appearance|^notice of (?:attorney'?s? )?appearance|^(?:entry|withdrawal) of appearance",
        "who appears for whom",
        "Notice of Appearance",
    ),
    _rule(
        K.NOTICE,
        r"^(?:\w+ ){0,3}notice of (?:\w+ ){0,4}(?:hearing|change of address|deficien)|^notice regarding|^notice of filing and",
        "a notice",
        "Notice of Hearing",
    ),
    _rule(
        K.MOTION,
        r"^appear pro hac vice|^(?:pro hac vice )?motions?\b(?= (?:to|for|in|by|with|re|seeking|of|as|that|pro)\b)(?!.{0,200}\b(?:is|are) (?:hereby )?(?:granted|denied|allowed))(?!.{0,80}\bappeal)|^(?:expedited|emergency|unopposed|opposed|joint|consent|agreed|first|second|third|renewed|urgent|ex parte|omnibus|trustee|debtor)(?:'?s)? (?:\w+ )?(?:motion|application)\b(?!.{0,120}\b(?:is|are) (?:hereby )?(?:granted|denied))(?!.{0,80}\bappeal)|^petition for (?:\w+ )?rehearing|^adjourn\b|^discovery$",
        "asks the court for something",
        "Motion for Summary Judgment",
    ),
    _rule(
        K.COMPLAINT_OR_PETITION,
        r"^(?!stipul|motion|answer|reply|response|notice|letter|order|objection|withdraw|dismiss|strike|summons|exhibit|amend$|errata|redline)(?:\w+ ){0,2}complaint\b(?!s? (?:answer|response))|^petition for (?:a )?(?:writ of (?:habeas|mandamus)|extraordinary|relief)",
        "opens or widens the case",
        "Petition for Writ of Habeas Corpus",
    ),
    _rule(
        K.NOTICE_OF_APPEAL,
        r"^(?!transmi|certif|acknowl|usca|docketing|clerk|notice of docket|\w+ of (?:filing )?notice|notification|letter|order|response|reply|motion|memo|brief|objection|request|copy|withdraw|fee)(?:\w+ ){0,3}notice (?:of |, ?)(?:\w+[- ]){0,3}(?:cross[- ])?appeal\b(?! (?:record|fee|suppl|packet|transmi|sent|and docket))",
        "somebody appeals",
        "Notice of Appeal to DC Circuit Court",
    ),
    _rule(
        K.ORDER,
        r"^(?!transcript|usca|us |appeal|proposed|response|certif|declaration|affidavit|stipulation (?!and|&)|letter(?! order)|mail|memorandum|notice|motion|clerk order dismissing|reply|opposition|objection|report|opinion|findings|return|receipt|proof)(?:[\w/&'-]+[ ,]+){0,5}orders? (?!(?:and|&) (?:opinion|report|reasons|memorandum|judgment|\w+ judgment))(?!.{0,30}\b(?:of|from|by) (?:the )?(?:usca|u\.?s\.? court of appeals|\w+ circuit))(?!.{0,60}appeal)(?:on|granting|denying|setting|approving|for|referring|to|dismissing|appointing|regarding|re|that|directing|confirming|authorizing|extending|continuing|adopting|striking|vacating|staying|as|upon|concerning|reassigning|transferring|allowing|permitting|sustaining|overruling|modifying|finding)\b|^(?!transcript|usca|us |appeal|proposed|response|certif|letter(?! order)|mail|memorandum|notice|motion|reply|opposition|objection|report|opinion|return|findings)(?:[\w/&'-]+ ){0,5}orders?(?: filed)?(?: \(.{0,20}\))?$",
        "the court orders",
        "Order on Motion to Stay",
    ),
    # --- clerks and utilities -------------------------------------------------------------
    _rule(
        K.ADMINISTRATIVE_OTHER,
        r"^(?:util\b|utility|set/reset|reset |set (?:motion|deadline|hearing|scheduling|pretrial)|terminate (?:motion|deadline|hearing|case|part|attorney)|add and terminate|case (?:assigned|reassigned|closed)|assigned case|remark|staff notes?|docket annotation|notation|entered in error$|quality control|deadline|reschedule|calendar (?:call|entry))",
        "a clerk's utility",
        "~Util - Set/Reset Deadlines",
    ),
    # --- proposed papers ------------------------------------------------------------------
    _rule(
        K.STIPULATION,
        r"^(?:joint |consent |agreed )?stipulat\w+\b(?!.{0,30}\bso[- ]ordered)(?!(?: |, )(?:and|&) (?:\w+ ){0,2}order\b)",
        "agreed by the parties, not signed by a judge",
        "Stipulation and [Proposed] Order",
    ),
    _rule(
        K.ADMINISTRATIVE_OTHER,
        r"^(?:notice of )?(?:filing (?:of )?)?(?:\w+ ){0,3}\(?proposed\b.{0,40}\b(?:order|judgment|findings|pretrial|jury|voir|verdict|sealed)|^(?:order|judgment)\W{1,3}proposed|^notice,? (?:of )?proposed order|^(?:draft|form of) (?:order|judgment)|^lodged|^notice of lodg|^order upload",
        "proposed by a party, not made by the court",
        "Proposed Order",
    ),
    # --- higher courts and appeals --------------------------------------------------------
    _rule(
        K.ORDER,
        r"^(?:\w+ ){0,3}order\b.{0,60}\b(?:leave to appeal|appeal in forma|proceed in forma pauperis on appeal|certificate of appealability|extend time to (?:file )?(?:notice of )?appeal|notice of appeal)|^order (?:on|granting|denying) .{0,60}appeal",
        "the court's order about an appeal",
        "Order on Motion for Leave to Appeal In Forma Pauperis",
    ),
    _rule(
        K.MOTION,
        r"^(?!.{0,40}order|response|opposition|reply|memo|brief|objection)(?:\w+ ){0,4}motion\b.{0,60}\b(?:appeal|mandate)|^(?:leave to )?appeal in forma pauperis|^leave to appeal|^extension of time to (?:file )?appeal|^(?:stay|release|bond) pending appeal|^certificate of appealability$",
        "a motion about an appeal",
        "Motion for Leave to Appeal In Forma Pauperis",
    ),
    _rule(
        K.BRIEF_OR_MEMORANDUM,
        rf"^(?!memorandum (?:opinion|decision|order|and|&)){_PAPERS}\b.{{0,60}}\b(?:appeal|mandate)|^appellant'?s? .{{0,20}}brief|^appellee'?s? .{{0,20}}brief|^(?:opening|principal|answering|reply|supplemental) brief",
        "a party's argument about an appeal",
        "Response to Notice of Appeal",
    ),
    _rule(
        K.TRANSCRIPT,
        r"^transcript (?:order|request|purchase|designation)|^notice of (?:filing|intent to request|receipt of) .{0,20}(?:transcript|redaction)|^court reporter|^redact\w+ transcript|^(?:(?:official|sealed|ex parte|expedited|redacted) )?transcripts?\b(?! information)|^notice to counsel of filing of official transcript|^order for transcript|^transcript",
        "about a transcript",
        "Transcript Order",
    ),
    _rule(
        K.APPEAL_RELATED,
        r"^(?:\w+ ){0,3}mandate\b|^us(?:ca|dc)? ?(?:court of appeals )?(?:mandate|order|judgment|opinion|case number|appeal|scheduling|notice|decision|acknowledg)|(?<!cc )(?<!cc: )(?<!cc:)\busca\b|^u\.?s\.? court of appeals|^(?:order|judgment|opinion|letter|mandate|decision|notice|certified copy|true copy|scheduling letter|mandate).{0,30}\b(?:of|from|by) (?:the )?(?:usca|u\.?s\.? court of appeals|court of appeals|\w+ circuit|us supreme court|supreme court|bap|ca\d)|^clerk order dismissing appeal|^order dismissing appeal|^supreme court|^certiorari|^petition for (?:a )?writ of certiorari",
        "an act of a higher court, or a step there",
        "USCA Order",
    ),
    _rule(
        K.APPEAL_RELATED,
        r"\btransm\w+\b.{0,50}\b(?:appeal|usca|circuit|record)|\b(?:record|roa|index)\b.{0,12} on appeal|\bappeal record|^(?:certificat\w+ (?:of|regarding) )?(?:record|notice of appeal)\b.{0,30}\b(?:sent|transmi|certif)|^appeal (?:fee|filing fee|number|case|remark|assembled|docketed|record|transmi|deficien|information|instruction|acknowledg)|^(?:filing fee|fee).{0,20}appeal|^appeals? fees|^notification of appeal|^notice of docketing|^acknowledg\w+.{0,60}\b(?:appeal|usca|circuit)|^(?:clerk'?s )?notice .{0,20}\bdocket(?:ing|ed)? .{0,20}appeal|^appellate? case (?:number|opened)|^case number .{0,30}(?:circuit|appeal)|^district court (?:judgment|order|opinion).{0,40}received|^certificate regarding notice of appeal|^(?:amended )?designation of (?:record|content|item)|^statement of issues|^appellant'?s? (?:designation|statement)|^appeal designation|^(?:civil |criminal )?appeal (?:docketing|scheduling|conference)|^instruction.{0,20}appeal|^electronic (?:record|index)|^appeal cover|^docketing statement|^notice re:? (?:electronic )?(?:record|appeal)|^transcript information form|^certificate of record",
        "a step of an appeal",
        "Transmission of Notice of Appeal and Docket Sheet to USCA",
    ),
    _rule(
        K.NOTICE_OF_APPEAL,
        r"^(?:\w+ ){0,3}notice (?:of |, ?)(?:\w+[- ]){0,4}(?:cross[- ])?appeal\b|^(?:\w+ ){0,2}notice, appeal|^petition (?:for (?:permission to appeal|review)|to review)|^(?:interlocutory|cross|bankruptcy)[- ]?appeal\b|^appeal (?:to|of|from)\b|^(?:civil|criminal|agency|original|us civil|private civil|bankruptcy|prisoner)?\W{0,2}(?:\w+ )?case (?:docketed|opened)\.? .{0,40}notice of appeal|^(?:civil|criminal|agency) case docketed|^magistrate appeal",
        "somebody appeals",
        "Notice of Appeal to DC Circuit Court",
    ),
    # --- papers that name what others did -------------------------------------------------
    _rule(
        K.DECLARATION_OR_AFFIDAVIT,
        r"^(?:\w+ ){0,2}(?:declaration|affidavit|affirmation|affid)\b(?!.{0,20}\b(?:of|re) (?:service|mailing|publication|compliance with service))",
        "a sworn statement",
        "Declaration in Support",
    ),
    _rule(
        K.CERTIFICATE_SERVICE_SUMMONS,
        r"^(?:\w+ ){0,2}(?:certificate|certification|affidavit|declaration|affirmation|proof|acceptance|acknowledg\w+|admission|return|waiver|notice|request for waiver)s?(?: of|/| re:?|,)? ?(?:the )?(?:\w+ ){0,2}(?:service|mailing|publication|non-?service)\b|^(?:\w+ ){0,3}summons|^(?:\w+ ){0,2}subpoena (?:returned|issued)|^service (?:by|of|return|executed)|^(?:certified|first class|mail)\w*\b.{0,30}\b(?:mail|sent|receipt|returned)|^mail\b|^bnc (?:certificate|service)|^certificate\b|^certification\b|^returned? (?:mail|receipt|of service)|^process receipt|^proof of|^affidavit of (?:service|mailing|publication)|^warrant (?:of arrest )?returned|^notice mailed",
        "about service, or a certificate",
        "Summons Returned Executed",
    ),
    _rule(
        K.BRIEF_OR_MEMORANDUM,
        rf"^return to (?:the )?(?:petition|order)|^(?!exhibit|appendix|attachment|index)(?:[\w']+[ ,/]+){{0,4}}{_PAPERS}(?:/\w+)?\b(?! (?:opinion|order|decision|(?:and|&|and/or) (?:opinion|order|decision|recommendation)|disposition|endorse|of (?:plea|understanding)|ruling|judgment|to counsel))(?!.{{0,25}}\b(?:granted|denied)\b)|^sentencing (?:memorandum|submission)|^rule 56|^(?:local rule )?56\.1|^statement (?:of (?:material|undisputed|facts|position)|in (?:support|opposition))|^(?:amicus|amici)|^supplemental authorit|^trial brief|^(?:[\w'-]+ ){1, 6}brief$|^(?:proposed )?findings of fact .{{0,30}}\bby (?:plaintiff|defendant)",
        "a party's argument",
        "Response to Order to Show Cause",
    ),
    _rule(
        K.ADMINISTRATIVE_OTHER,
        r"^(?:\w+ ){0,2}letters?\b(?! (?:motion|brief|order|endors|request|rogatory))|^acknowledg|^(?:\w+ ){0,3}answer\b(?! brief)|^reply to counterclaim|^exhibits?\b|^(?:witness|exhibit) list|^(?:\w+ ){0,3}(?:corporate |financial )?disclosure|^rule 7\.1|^civil cover|^(?:filing|docket) fee|^receipt|^(?:amended )?schedules?\b|^statement\b|^(?:status|joint status|joint) report|^report\b(?! (?:and|&) rec)|^memorandum of plea|^plea agreement|^consent\b(?! (?:order|judgment|decree|motion))|^bond\b|^jury (?:demand|list|note|instruct|trial demand)|^verdict|^ecf receipt|^cr/ecf|^paper copies|^pretrial memorandum|^discovery|^rule 26|^initial (?:disclosures|scheduling conference report)|^documents?\b|^errata|^corrected|^redaction|^waiver of (?:speedy|indict|preliminary|appear|reading|right)|^rule 5|^cja|^arrest|^warrant\b|^passport|^psi|^presentence|^mediation|^adr\b(?! clerk)|^magistrate consent|^related case|^request for (?:judicial|admission)|^transmission to|^mail order|^(?:chapter|ch) \d+ (?:plan|trustee)|^(?:\w+ )?plan\b|^claim|^financial|^employee|^voucher|^list of|^matrix|^creditor|^credit counsel|^tax|^social sec",
        "papers of parties and clerks that ask for nothing",
        "Letter",
    ),
    # --- the court's own acts ---------------------------------------------------------------
    _rule(
        K.OPINION,
        r"^(?:\w+ ){0,2}(?:memorandum|memo|per curiam)?\W{0,2}(?:(?:and|&) )?opinions?\b(?! letter)|^report (?:and|&) recommend|^r ?& ?r\b|^findings (?:and|&) recommend|^findings of fact|^memorandum(?:,)? (?:\w+ )?(?:and|&|decision|disposition|order|ruling)|^memorandum (?:opinion|decision|order|disposition|and/or opinion)|^ruling (?:and|&) order|^decision\b|^(?:bench )?ruling on\b|^(?:published|unpublished) (?:opinion|disposition)|^order (?:and|&) (?:opinion|report|reasons|memorandum)|^opinion|^case termination for opinion|^magistrate.{0,20}report (?:and|&) rec|^(?:proposed )?findings of fact",
        "the court gives its reasons",
        "Memorandum & Opinion",
    ),
    _rule(
        K.JUDGMENT,
        r"^(?:\w+[ -]){0,4}judgments?\b(?! (?:creditor|debtor|proof|exam))(?!.{0,15}\b(?:returned|proposed)\b)|^judgment|^default judgment|^clerk'?s judgment|^abstract of judgment$|^order (?:and|&) (?:\w+ )?judgment|^(?:final )?decree|^per curiam judgment|^discharge of debtor$|^case termination for .{0,20}judgment",
        "judgment is entered",
        "Clerk's Judgment",
    ),
    _rule(
        K.MOTION,
        r"^(?!.*\border\b)(?:\w+[ ,'-]+){0,6}(?:motions?|applications?|petition for (?:attorney|relief|extraordinary)|letter motion|request)\b(?! (?:hearing|conference|minutes|granted|denied))(?!.{0,60}\b(?:is|are) (?:hereby )?(?:granted|denied))|^notice of motion|^notice,? motion|^(?:ex parte|emergency|joint|unopposed|consent|assented to|agreed|sealed|letter) (?:motion|application|request)|^motion|^application",
        "asks the court for something",
        "Notice of Motion",
    ),
    _rule(
        K.MINUTE_ENTRY,
        r"^(?:\w+ ){0,3}(?:minute entr(?:y|ies)|minutes|minute sheet|courtroom minutes|clerk'?s minutes|civil minutes)\b.{0,100}\b(?:held|hearing|conference|proceeding|trial|sentenc|arraign|appear|before|plea|settled)|^minutes? (?:entry )?(?:for|of|before)|^(?:\w+[ -]){0,5}(?:hearing|conference|trial|arraignment|sentencing|argument|proceedings?|initial appearance|voir dire|jury selection|status conf)\b.{0,60}\bheld\b|^(?:\w+[ -]){0,4}(?:hearing|conference|arraignment|initial appearance|jury trial|bench trial|jury selection|sentencing|oral argument|proceedings)$|^(?:case management|status|pretrial|settlement|telephone|discovery) conference\b|^courtroom|^(?:motion |plea |detention |change of plea )?hearing\b(?!.{0,40}(?:notice|set for))|^minute entry|^minutes|^meeting of creditors held|^initial appearance|^argument (?:heard|held)|^oral argument",
        "a hearing that took place",
        "Minute Entry for proceedings held before Judge Roe",
    ),
    _rule(
        K.ORDER,
        r"^(?!return|receipt|mail|certif|letter(?! order)|proof)(?:\w+[ ,'/&-]+){0,5}orders?\b(?! (?:to show cause )?(?:returned|sent))|^(?:memo|memorandum) endors|^endors|^so[- ]ordered|^ruling\b|^(?:\w+ ){0,2}writ\b|^case termination|^notice of voluntary dismissal - signed|^decree|^(?:\w+ ){0,3}minute order|^(?:text|docket|paperless|electronic|oral|bench|minute)(?: \w+){0,2} (?:order|entry)|^it is (?:hereby )?ordered|^ordered|^electronic clerk'?s|^scheduling\b|^stipulat\w+ (?:and|&)|^(?:motions?|applications?)\b.{0,140}\b(?:is|are) (?:hereby )?(?:granted|denied)|^granting|^denying|^docket entry|^judge (?:update|assign)|^discharge",
        "the court orders",
        "Order on Motion to Stay",
    ),
    _rule(
        K.ORDER,
        r"^(?:confirming|discharging|approving|dismissing|appointing|detain|authorizing|reinstating|closing dismissed|show cause|allowing|regarding matter|converting|avoiding|sustaining|overruling|establishing|forfeiture of|automatic discharge|final decree)\b",
        "an order, named by what it does (bankruptcy feeds)",
        "Confirming Chapter 13 Plan",
    ),
    _rule(
        K.BRIEF_OR_MEMORANDUM,
        r"^(?:obj|opp|resp|memo)\b",
        "a party's argument",
        "Obj to Confirmation of Plan",
    ),
    # --- the rest ---------------------------------------------------------------------------
    _rule(
        K.APPEARANCE,
        r"^(?:\w+ ){0,3}(?:notice (?:of |, ?))?(?:\w+ ){0,3}appearance|pro hac vice|^(?:notice of )?(?:substitution|withdrawal|change) of (?:counsel|attorney|address)|^withdraw\w* (?:of|as) (?:counsel|attorney)|^attorney (?:appearance|appointment|substitution)|^notice of attorney",
        "who appears for whom",
        "Notice of Appearance",
    ),
    _rule(
        K.COMPLAINT_OR_PETITION,
        r"^(?:\w+[ '-]+){0,4}(?:complaint|indictment|counter-?claim|cross-?claim|petition)\b|^information\b|^notice of removal|^removal|^(?:voluntary|involuntary) petition|^chapter \d+ (?:voluntary|petition)|^third[- ]party complaint|^superseding|^(?:felony|misdemeanor) information|^habeas|^state court (?:complaint|record)|^adversary (?:case|proceeding)",
        "opens or widens the case",
        "Amended Complaint",
    ),
    _rule(
        K.NOTICE,
        r"^(?:\w+[ ,'-]+){0,5}notices?\b|^meeting of creditors|^hearing (?:set|notice)|^notification|^clerk'?s notice|^suggestion of|^advis",
        "a notice",
        "Notice (Other)",
    ),
    _rule(
        K.MOTION,
        r"^(?:dismiss|compel|extension of time|extend|in limine|strike|preclude|continue|appear pro hac|leave\b|stay|intervene|seal|amend|correct(?!ive)|alter|summary judgment|partial summary|preliminary injunction|temporary restraining|tro\b|protective order|reconsider|quash|sanctions|transfer|remand|vacate|set aside|unseal|expedite|miscellaneous relief|default|attorney fees|bill of costs|withdraw|consolidate|sever|suppress|release|revoke|modify|reopen|approve|appoint|bifurcate|bond|detention|relief|judgment as|new trial|enforce|extraordinary|hearing$|lift|disqualify|recus|substitut|certify|pay (?:filing|wages|unclaimed)|employ\b(?!ee)|avoid|compensation|proceed in forma|shorten|sell|travel|reinstate|file (?:excess|under|amicus|document|oversize)|extension|early termination|use cash|assume|value|abandon|redeem|impose|convert|turnover|borrow|incur|return of|interpleader|class cert|jury|conference|inspect|depos|issu|production|limit|exclude|clarif|hear|advance|examin|order$)",
        "a motion, named by what it asks",
        "Dismiss",
    ),
)
