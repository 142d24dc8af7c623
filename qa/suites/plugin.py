"""The plugin as pytest loads it: its options, and the decision whether there is anything for it in this run."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from qa.suites.places import INI, as_arguments, roots
from qa.suites.processes import SPREAD, hands_out, is_whole, tell


def pytest_addoption(parser: pytest.Parser) -> None:
    """The few words of the profile that a run may say otherwise; all others are qa.toml's."""
    group = parser.getgroup("campaign-qa", "campaigns and their builds (campaign-qa)")
    group.addoption(
        "--qa-fail-on", choices=("error", "warning", "never"), help="what fails a test (default: the gate of qa.toml)"
    )
    group.addoption("--qa-profile", type=Path, metavar="FILE", help="the team's qa.toml (default: the nearest above)")
    group.addoption("--qa-no-render", action="store_true", help="no browser, no screenshots")
    drawn = "draw these (comma-separated; see `qa list --views`), or all"
    group.addoption("--qa-views", action="append", metavar="VIEW", help=drawn)
    about = "folders that hold campaigns (default: those named on the command line in which no Python tests lie)"
    parser.addini(INI, about, type="paths", default=None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """Before xdist decides how tests are spread: campaigns go whole to one process, unless somebody says otherwise."""
    if config.args_source is pytest.Config.ArgsSource.ARGS and not config.option.pyargs:
        config.args[:] = as_arguments(config.args, config.invocation_params.dir)
    spread = bool(getattr(config.option, "numprocesses", None)) and config.option.dist == "no"
    config.stash[SPREAD] = spread and bool(roots(config))
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """To a worker of xdist every argument looks as if it stood on the command line."""
    node.workerinput[INI] = [str(root) for root in roots(node.config)]
    tell(node)


def pytest_configure(config: pytest.Config) -> None:
    """Only where there are campaigns is anything more imported."""
    if roots(config):
        if not hands_out(config):
            _run(config)
        if not hasattr(config, "workerinput"):
            _show(config)
    elif config.option.markers:
        from qa.suites import collecting

        collecting.register_markers(config)


def _run(config: pytest.Config) -> None:
    """In a process that runs tests."""
    from qa.kept_code import keep_code

    keep_code()
    from qa.suites import collecting, protocol, reporting, whole

    collecting.register_markers(config)
    config.pluginmanager.register(collecting.Collecting(config), "campaign-qa-collecting")
    config.pluginmanager.register(protocol.Protocol(), "campaign-qa-protocol")
    config.pluginmanager.register(reporting.Reporting(), "campaign-qa-reporting")
    if is_whole(config):
        config.pluginmanager.register(whole.Running(config), "campaign-qa-whole")


def _show(config: pytest.Config) -> None:
    """In the process that shows results, which needs next to nothing of the rest where others run the tests."""
    from qa.suites import html, told

    config.pluginmanager.register(told.Questions(), "campaign-qa-questions")
    config.pluginmanager.register(told.Brought(config), "campaign-qa-policy")
    if config.pluginmanager.hasplugin("html"):
        config.pluginmanager.register(html.Html(), "campaign-qa-html")
    if config.stash.get(SPREAD, False) and hands_out(config):
        from qa.suites import spreading

        config.pluginmanager.register(spreading.Spreading(), "campaign-qa-spreading")
        config.pluginmanager.register(spreading.Unfolding(config), "campaign-qa-unfolding")
