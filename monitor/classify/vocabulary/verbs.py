"""Verbs by which names say what is asked for ("Dismiss Case") or what the court does."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


#: What a party asks for, in its plain form: "Dismiss", "Continue Hearing".
ASKS = words(
    """relate accelerate have provide disburse exonerate suspend deviate subordinate enjoin
    redeposit dismiss compel extend strike amend continue intervene alter quash suppress
    preclude correct vacate reconsider expedite withdraw consolidate sever revoke modify
    reopen approve appoint bifurcate enforce disqualify recuse substitute certify employ avoid
    proceed shorten sell reinstate assume abandon redeem impose convert borrow incur exclude
    clarify hear examine produce postpone abate depart serve take appear reduce remit restrict
    admit allow waive enroll bring join unseal confirm determine authorize obtain
    permit require declare disallow adopt reject refund remove terminate preserve refer
    reassign unstay enter enlarge excuse expunge restore surrender toll redact
    defer cancel conduct comply consider delete deny detain disclose
    distribute divide exempt find hold implead include inspect interplead liquidate maintain
    prohibit ratify reaffirm reclassify recover repair replace represent rescind resume retain
    revise segregate settle sequester submit validate void prosecute wear attend apply
    arbitrate assess dispense establish execute lift direct invoke pursue re-open
    unredact accept reimpose recall re-set retax exceed bar cure depose"""
)
#: The same words name a thing, too: a verb only where no other head follows.
ASKS_OR_NAMES = words(
    """stay seal release transfer remand issue file limit travel sanction change review return
    use value show award advance delay exempt object move default garnish offset mediate"""
)
#: Before these such a word is a verb all the same: "Seal Document", "Stay Deadlines".
OBJECTS = words(
    """document deadline exhibit objection claim plan complaint answer brief reply response fee
    transcript record page petition case subpoena summons summon discovery"""
)
#: Feeds of bankruptcy courts name orders by what they do ("Confirming Plan"); these are none.
NO_ORDER_IN_ING = words(
    """requesting seeking opposing responding operating supporting answering opening
    pending missing sealing withdrawing claiming objecting returning closing outstanding being
    mailing filing briefing following including adding correcting docketing receiving
    transmitting sending forwarding re-filing refiling lodging stating waiving superseding
    underlying"""
)


def _misspelled(word: str) -> frozenset[str]:
    """The word with one letter left out, doubled or swapped with the next; its first is right."""
    places = range(1, len(word))
    left_out = {word[:place] + word[place + 1 :] for place in places}
    doubled = {word[:place] + word[place] + word[place:] for place in places}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1]}
    return frozenset(left_out | doubled | swapped) - {word}


#: Verbs by which courts rule, as clerks spell them in haste.
_RULING = words(
    """granted granting denied denying dismissed dismissing vacated vacating affirmed affirming
    reversed reversing remanded remanding"""
)
#: What is a word of its own.
_OTHER_WORDS = words("grated grating dented denting revered revering remained vacate reverse")
#: A misspelling -> the verb that is meant.
TYPOS: dict[str, str] = {
    wrong: right
    for right in sorted(_RULING)
    for wrong in sorted(_misspelled(right) - _RULING - _OTHER_WORDS)
}
