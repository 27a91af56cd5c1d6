"""The tree in the docstring is the real one."""

from __future__ import annotations

from monitor import errors


def tree(root: type[Exception], depth: int = 0) -> list[tuple[int, str]]:
    found = [(depth, root.__name__)]
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            found += tree(child, depth + 1)
    return found


def test_the_docstring_draws_the_real_hierarchy() -> None:
    drawn = [
        (line.index(name) // 4, name)
        for line in (errors.__doc__ or "").splitlines()
        if (name := line.lstrip("│├└─ ")) and hasattr(errors, name)
    ]
    assert drawn == tree(errors.MonitorError)
