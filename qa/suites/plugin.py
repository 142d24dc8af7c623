"""The plugin as pytest loads it: its options, and the decision whether there is anything for it in this run."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from qa.suites.places import INI, as_arguments, roots

_SPREAD = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The few words of the profile that a run may say otherwise; all others are qa.toml's."""
    group = parser.getgroup("campaign-qa", "campaigns and their builds (campaign-qa)")
    group.addoption(
        "--qa-fail-on", choices=("error", "warning", "never"), help="what fails a test (default: the gate of qa.toml)"
    )
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
    config.stash[_SPREAD] = spread and bool(roots(config))
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """To a worker of xdist every argument looks as if it stood on the command line."""
    node.workerinput[INI] = [str(root) for root in roots(node.config)]


def pytest_configure(config: pytest.Config) -> None:
    """Only where there are campaigns is anything more imported."""
    if not roots(config) and not config.option.markers:
        return
    from qa.suites import collecting, html, protocol, reporting

    collecting.register_markers(config)
    if roots(config):
        config.pluginmanager.register(collecting.Collecting(config), "campaign-qa-collecting")
        config.pluginmanager.register(protocol.Protocol(), "campaign-qa-protocol")
        config.pluginmanager.register(reporting.Reporting(), "campaign-qa-reporting")
        if config.pluginmanager.hasplugin("html"):
            config.pluginmanager.register(html.Html(), "campaign-qa-html")
        if config.stash.get(_SPREAD, False):
            from qa.suites import spreading

            config.pluginmanager.register(spreading.Spreading(), "campaign-qa-spreading")
