"""Every plot is drawn with labels and units, and says what it cannot show."""
import matplotlib.pyplot as pyplot
import numpy as np
import pytest

import berylia


@pytest.fixture(autouse=True)
def close_figures():
    yield
    pyplot.close("all")


def words_of(ax):
    ax.figure.canvas.draw()
    return " ".join([ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel(), *(t.get_text() for t in ax.get_yticklabels()),
                     *(t.get_text() for t in ax.texts)])


@pytest.mark.parametrize("draw, words", [
    (lambda r: r.plot_difference("resilience_loss"), ["service-days", "JPN", "against none", "95 % interval", "4 futures", "less is better"]),
    (lambda r: r.plot_distribution("robustness", "EST"), ["[share]", "EST", "more is better", "8 histories"]),
    (lambda r: r.plot_curves("incidents"), ["[campaigns]", "JPN", "5 to 95 %", "UTC"]),
    (lambda r: r.plot_league("incidents"), ["[campaigns]", "30 largest changes of 71 nations", "JPN", "not adjusted"])])
def test_plots_say_what_they_show(smoke, draw, words):
    with berylia.open(smoke) as results:
        text = words_of(draw(results))
    for word in words:
        assert word in text, (word, text)


def test_plots_draw_on_axes_that_are_given(smoke):
    figure, axes = pyplot.subplots(1, 2)
    with berylia.open(smoke) as results:
        assert results.plot_difference("incidents", treatment=["liaison", "membership"], ax=axes[0]) is axes[0]
        results.plot_curves("service_loss", "EST", ["none", "liaison", "membership"], ax=axes[1])
    assert len(axes[0].get_yticklabels()) == 2 and len(axes[1].get_legend().get_texts()) == 3
    assert len(pyplot.get_fignums()) == 1 and figure.axes == list(axes)


def test_the_mean_of_a_curve_is_that_of_the_histories(smoke):
    with berylia.open(smoke) as results:
        line = results.plot_curves("incidents", treatments="liaison").get_lines()[0]
        stored = results.curves("incidents").incidents_mean.sel(treatment="liaison", nation="JPN")
        assert (line.get_ydata() == stored.to_numpy()).all()


def test_nothing_done_is_said(altered):
    def lose(file):
        rows = file["replications/point"][:] == 1
        file["replications/status"][np.flatnonzero(rows)] = 1
    with berylia.open(altered(lose)) as results:
        assert "no pairs" in words_of(results.plot_difference("incidents"))
        assert "no history done" in words_of(results.plot_distribution("incidents"))


def test_more_curves_than_can_be_told_apart_are_refused(smoke):
    with berylia.open(smoke) as results:
        with pytest.raises(berylia.BeryliaError, match="choose fewer"):
            results.plot_curves("incidents", treatments=results.study.treatments)


def test_one_treatment_has_curves_and_distributions_only(rare):
    with berylia.open(rare) as results:
        assert "1" in words_of(results.plot_distribution("reach_1"))
        with pytest.raises(berylia.BeryliaError, match="one treatment only"):
            results.plot_difference("reach_1")
        with pytest.raises(berylia.BeryliaError, match="whole world"):
            results.plot_league("reach_1")
