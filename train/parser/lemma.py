"""Lemmas as edit scripts "case|cut|append", so that a lemma is one class of a classifier.

case: k keeps the form's case, l lowers it, t makes a title, u makes capitals.
The script cuts `cut` code points from the end of the (cased) form and appends `append`.
"""


def script_of(form: str, lemma: str) -> str:
    """The script that turns `form` into `lemma`."""
    lowered = form.lower()
    if lemma == form and form != lowered:
        case = "k"
    elif lemma == lemma.lower():
        case = "l"
    elif lemma[:1].isupper() and lemma[1:] == lemma[1:].lower():
        case = "t"
    elif lemma.isupper():
        case = "u"
    else:
        case = "k"
    base = form if case == "k" else lowered
    target = lemma if case == "k" else lemma.lower()
    same = 0
    while same < min(len(base), len(target)) and base[same] == target[same]:
        same += 1
    return f"{case}|{len(base) - same}|{target[same:]}"


def apply_script(form: str, script: str) -> str:
    """The lemma of `form` by `script`; `form` itself if it is too short to be cut."""
    case, cut, append = script.split("|", 2)
    base = form if case == "k" else form.lower()
    if int(cut) > len(base):
        return form
    lemma = base[: len(base) - int(cut)] + append
    if case == "t":
        return lemma[:1].upper() + lemma[1:]
    return lemma.upper() if case == "u" else lemma
