const HOUR = 60

/** clockOf writes a minute of the day as 08:30. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / HOUR)).padStart(2, '0')}:${String(minute % HOUR).padStart(2, '0')}`

/** minuteOf reads 08:30; NaN when it is none. */
export function minuteOf(clock: string): number {
  const [h, m] = clock.split(':')
  return Number(h) * HOUR + Number(m)
}
