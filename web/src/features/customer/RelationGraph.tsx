import { useTranslation } from 'react-i18next'
import { type Relation, relationKey, sharePercent } from './Relations'

const WIDTH = 640
const HEIGHT = 260
const LONGEST = 9

const brief = (name: string): string => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name)

/** place spreads n others on an ellipse around the middle, beginning at the left. */
export function place(i: number, n: number): { x: number; y: number } {
  const angle = Math.PI + (2 * Math.PI * i) / n
  return {
    x: Math.round(WIDTH / 2 + (WIDTH / 2 - 90) * Math.cos(angle)),
    y: Math.round(HEIGHT / 2 + (HEIGHT / 2 - 34) * Math.sin(angle)),
  }
}

/** The customer in the middle, those it is tied to around it; the list below says the same in words. */
export default function RelationGraph({ name, relations }: { name: string; relations: Relation[] }) {
  const { t } = useTranslation()
  const shown = relations.slice(0, 12)
  return (
    <svg
      className="relation-graph"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('record.relation.graph', { name })}
    >
      {shown.map((r, i) => {
        const at = place(i, shown.length)
        const share = r.share_bp === null ? '' : ` ${sharePercent(r.share_bp)}`
        return (
          <g key={`${r.id}:${r.outgoing}`}>
            <line x1={WIDTH / 2} y1={HEIGHT / 2} x2={at.x} y2={at.y} />
            <text className="edge" x={(WIDTH / 2 + at.x) / 2} y={(HEIGHT / 2 + at.y) / 2 - 4}>
              {t(relationKey(r))}
              {share}
            </text>
            <rect x={at.x - 82} y={at.y - 14} width={164} height={28} rx={6} />
            <text x={at.x} y={at.y + 5}>
              {brief(r.other?.name ?? t('record.relation.hidden'))}
            </text>
          </g>
        )
      })}
      <rect className="self" x={WIDTH / 2 - 88} y={HEIGHT / 2 - 15} width={176} height={30} rx={6} />
      <text className="self" x={WIDTH / 2} y={HEIGHT / 2 + 5}>
        {brief(name)}
      </text>
    </svg>
  )
}
