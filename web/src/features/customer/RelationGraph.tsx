import { useTranslation } from 'react-i18next'
import { fit } from '@/kit/fit'
import { useMobile } from '@/kit/useMobile'
import { type Relation, relationKey, shareText } from './Relations'
import { BOX, layout } from './relationLayout'

/** Relations in the picture; all are in the list below it. */
const MOST = 12
const ROOM = 10

/** Who holds this customer above it, whom it holds and is tied to below it; the list says the same in words. */
export default function RelationGraph({ name, relations }: { name: string; relations: Relation[] }) {
  const { t } = useTranslation()
  const mobile = useMobile()
  const p = layout(relations.slice(0, MOST), mobile ? 2 : 4)
  return (
    <svg
      className="relation-graph"
      viewBox={`-1 -1 ${p.width + 2} ${p.height + 2}`}
      width={p.width + 2}
      role="img"
      aria-label={t('record.relation.graph', { name })}
    >
      <path d={p.lines} />
      {p.boxes.map(({ tie, x, y, beside }) => (
        <g key={`${tie.id}:${tie.outgoing}`} className={beside ? 'beside' : undefined}>
          <rect x={x - BOX.width / 2} y={y} width={BOX.width} height={BOX.height} rx={6} />
          <text x={x} y={y + 20}>
            {fit(tie.other?.name ?? t('record.relation.hidden'), ROOM)}
          </text>
          <text x={x} y={y + 37} className="edge">
            {t(relationKey(tie))} {shareText(tie)}
          </text>
        </g>
      ))}
      <rect className="self" x={p.self.x - BOX.width / 2} y={p.self.y} width={BOX.width} height={BOX.height} rx={6} />
      <text className="self" x={p.self.x} y={p.self.y + 28}>
        {fit(name, ROOM)}
      </text>
    </svg>
  )
}
