"""What a plot on paper has in common: it is a picture of the table beside it, and no part of the reading order."""

from __future__ import annotations

from reportlab.platypus import Flowable

from desktop.paper.look import WIDTH
from desktop.paper.tagged_canvas import TaggedCanvas


class Plotted(Flowable):
    """As wide as the page's text; `paint` begins at its own lower left corner."""

    tall: float

    def __post_init__(self) -> None:
        Flowable.__init__(self)

    def wrap(self, width: float, height: float = 0) -> tuple[float, float]:
        self.width, self.height = WIDTH, self.tall
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        assert isinstance(canvas, TaggedCanvas)
        with canvas.decoration():
            canvas.saveState()
            self.paint(canvas)
            canvas.restoreState()

    def paint(self, canvas: TaggedCanvas) -> None:
        raise NotImplementedError
