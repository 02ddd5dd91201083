"""Recording: run a program against a stand-in engine and keep everything that it asks for."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

from toolkit import answers, session
from toolkit.graph import Graph
from toolkit.monitor import Monitor

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def record(  # noqa: PLR0913 -- each is a fact of the run, and named at the call
    program: Callable[[], object],
    *,
    project: str,
    stack: str,
    config: Mapping[str, str] = NOTHING,
    secret_keys: Collection[str] = (),
    preview: bool = True,
    echo: bool = True,
    progress: Callable[[int], None] | None = None,
    disabled_providers: Collection[str] = (),
) -> Graph:
    """The graph that ``program`` asks the engine for, without an engine, a provider, a network or a cloud.

    A preview knows of each resource what its inputs say, as the real engine does; without ``echo`` it knows
    nothing, and without ``preview`` everything, with made-up values, so that every ``apply`` runs. ``config``
    has full keys (``project:key``) and JSON values. ``progress`` is told the number of resources so far.

    What the engine would refuse stands in the graph's problems. What the program raises is raised, and
    nothing keeps running; what the engine would have refused until then is in the exception's notes.
    """
    graph = Graph(project=project, stack=stack)
    answer = answers.made_up if not preview else answers.echoed if echo else answers.unknown
    monitor = Monitor(graph, answer, lookups=not preview, without_default=disabled_providers)
    monitor.progress = progress
    try:
        session.run(program, monitor, config=config, secret_keys=secret_keys, preview=preview)
    except (Exception, SystemExit) as error:
        for problem in graph.problems:  # what was refused before may be why the program failed
            error.add_note(f"{problem.urn}: {problem.message}")
        raise
    return graph
