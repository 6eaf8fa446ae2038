"""Improve a plan by random moves that grow more careful: simulated annealing."""

import math
import random

from .schedule_problem import SPREAD

#: How many near units a unit is tried beside.
NEIGHBOURS = 12
WARM, COLD = 400.0, 8.0


class Annealing:
    """The moves of a `Plan`: one unit to another cell, or two in each other's place."""

    def anneal(self, moves, seed=1, part=(0, 1)):
        """Improve the plan by random moves and keep the best plan seen.

        ``part`` is (number, of): long work is cut into parts, each colder than the
        one before and beginning with its best plan.
        """
        number, parts = part
        chance = random.Random(f"{seed}/{number}/{parts}")
        movable = [
            number for number, unit in enumerate(self.problem.units) if not unit.pinned
        ]
        if not movable:
            return
        near = self._near(movable)
        cost = best_cost = self.cost
        best = list(self.where)
        cooling = (COLD / WARM) ** (1 / max(1, moves * parts))
        heat = WARM * (COLD / WARM) ** (number / parts)
        for _move in range(moves):
            heat *= cooling
            unit = movable[int(chance.random() * len(movable))]
            gain = self._try(unit, near, chance, heat)
            if gain:
                cost += gain
                if cost < best_cost - 1e-9:
                    best_cost, best = cost, list(self.where)
        self._restore(best)

    def _near(self, movable):
        """For each unit, the units beside which it is worth standing."""
        units = self.problem.units
        by_zone = {}
        for number in movable:
            by_zone.setdefault(units[number].zone, []).append(number)
        near = {}
        for number in movable:
            here = units[number].place
            others = [other for other in by_zone[units[number].zone] if other != number]
            if here:
                others.sort(
                    key=lambda other, here=here: (
                        math.dist(here, units[other].place)
                        if units[other].place
                        else math.inf,
                        other,
                    )
                )
            near[number] = others[:NEIGHBOURS]
        return near

    def _try(self, unit, near, chance, heat):
        """Make one random move if it is worth it; return the change of cost."""
        before = self.where[unit]
        target, other = self._target(unit, near, chance)
        if target is None or target == before:
            return 0
        old = self._partial(unit, other, before, target)
        if before:
            self.take(unit)
        if other is not None:
            self.take(other)
        if self._put_both(unit, target, other, before):
            change = self._partial(unit, other, before, target) - old
            if change <= 0 or chance.random() < math.exp(-change / heat):
                return change
            self.take(unit)
            if other is not None:
                self.take(other)
        if before:
            self.put(unit, *before)
        if other is not None:
            self.put(other, *target)
        return 0

    def _put_both(self, unit, target, other, before):
        """Put a unit to ``target`` and ``other`` where it stood, or neither."""
        if not self.fits(unit, *target):
            return False
        self.put(unit, *target)
        if other is None:
            return True
        if self.fits(other, *before):
            self.put(other, *before)
            return True
        self.take(unit)
        return False

    def _target(self, unit, near, chance):
        """Choose a cell, and perhaps a unit there to change places with."""
        other = None
        if near[unit] and chance.random() < 0.5:
            beside = near[unit][int(chance.random() * len(near[unit]))]
            target = self.where[beside]
        else:
            days, teams = self._days[unit], self._teams[unit]
            if not days or not teams:
                return None, None
            target = (
                teams[int(chance.random() * len(teams))],
                days[int(chance.random() * len(days))],
            )
        if target and self.where[unit] and chance.random() < 0.4:
            there = [
                number
                for number in self.cells[target[0]][target[1]]
                if number != unit and not self.problem.units[number].pinned
            ]
            if there:
                other = there[int(chance.random() * len(there))]
        return target, other

    def _partial(self, unit, other, before, target):
        """Return the part of the cost that a move between two cells can change."""
        cost = SPREAD * (max(self.loads) - min(self.loads)) + self.waiting(unit)
        if other is not None:
            cost += self.waiting(other)
        for cell in {before, target} - {None}:
            there = self.cells[cell[0]][cell[1]]
            if there:
                cost += self.problem.day(there)[0]
        return cost

    def _restore(self, best):
        for unit, place in enumerate(self.where):
            if place and place != best[unit]:
                self.take(unit)
        for unit, place in enumerate(best):
            if place and self.where[unit] is None:
                self.put(unit, *place)
