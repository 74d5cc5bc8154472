import type { Schemas } from '@/api/client'

export type Tile = Schemas['OwnershipTileView']

/** As many hues as areamap.css has. */
const HUES = 6

/** keyOf tells tiles apart: streets have the code of their region. */
export const keyOf = (x: Tile): string => (x.street ? `${x.code}/${x.street}` : x.code)

/** nameOf gives the contracts that answer for a tile: its own, else those of the area around it. */
export const nameOf = (x: Tile): Tile['contracts'] => (x.above.length > 0 ? x.above : x.contracts)

/**
 * huesOf gives each contracted tile the hue of whoever has contracted it, in the order of their ids, so that a person has the
 * same one in all tiles of a map. With more people than hues some share one: the name stands in the tile.
 */
export function huesOf(tiles: Tile[]): Map<string, number> {
  const of = (x: Tile) => nameOf(x)[0]
  const ids = [...new Set(tiles.map((x) => of(x)?.user_id || of(x)?.unit_id || ''))].filter(Boolean).sort()
  const out = new Map<string, number>()
  for (const x of tiles) {
    const id = of(x)?.user_id || of(x)?.unit_id
    if (id) out.set(keyOf(x), ids.indexOf(id) % HUES)
  }
  return out
}
