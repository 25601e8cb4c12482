"""The pages that the benchmark asks take as many queries for many cases as for few."""

import pytest

from tests.benchmarks.run import PAGES, open_site

FEW, MANY = 60, 240


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    folder = tmp_path_factory.mktemp("benchmark")
    return [open_site(f"sqlite:///{folder / f'{size}.sqlite'}", size) for size in (FEW, MANY)]


@pytest.mark.parametrize("asked", PAGES, ids=lambda asked: asked.name)
def test_a_page_takes_as_many_queries_for_many_cases_as_for_few(sites, asked):
    few, many = ([site.get(asked) for _ in range(2)][-1] for site in sites)

    if few[0] == 404:
        pytest.skip("there is no such page")
    assert (few[0], many[0]) == (200, 200)
    assert many[2] == few[2]
