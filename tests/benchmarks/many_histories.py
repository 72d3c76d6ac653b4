"""Returns against the slow reckoning, and against what was never bought, over very many histories; the suite does so over a few hundred.

python tests/benchmarks/many_histories.py [--histories 50000]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.replay.reckoning import in_pieces
from tests.replay.reckoning import reckoned
from tests.replay.reckoning import stories
from tests.replay.reckoning import Story
from tests.replay.test_returned_is_never_bought import Life
from tests.replay.test_returned_is_never_bought import lives
from tests.replay.test_returned_is_never_bought import returned_and_never_bought
from tests.replay.test_returns_by_reckoning import found_by_replay


def main() -> None:
    """Compare until the first difference, which is then shown as small as it can be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=50_000)
    arguments = parser.parse_args()

    often = settings(max_examples=arguments.histories, deadline=None, suppress_health_check=list(HealthCheck), database=None)

    @often
    @given(story=stories | stories.map(in_pieces))
    def compare(story: Story) -> None:
        assert found_by_replay(story) == reckoned(story)

    @often
    @given(life=lives)
    def bring_back(life: Life) -> None:
        returned, never_bought = returned_and_never_bought(life)
        assert returned == never_bought

    compare()
    bring_back()
    print(f"{arguments.histories} histories, none differs.")  # noqa: T201


if __name__ == "__main__":
    main()
