import { Button } from 'antd'
import {
  ArrowUpDown,
  CalendarX2,
  FileUp,
  MessageSquareText,
  Paperclip,
  Pencil,
  ReceiptText,
  UserRound,
  Workflow,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { useFormat } from '@/kit/format'
import { useGrades, useSchemes } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Timeline } from '@/kit/Timeline'
import { textIn, useText } from '@/kit/text'
import type { TimelineEntry } from '@/kit/timelineGroups'
import { fileSize } from '@/kit/UploadDrop'
import { useMobile } from '@/kit/useMobile'
import { useFactKinds } from './data'
import { changesOf, type Entry, entryOf, type TimelineWords } from './timelineWords'
import { useFieldName, useValues } from './values'

const sign = { size: 14, strokeWidth: 1.75 }
const icons = {
  interaction: <MessageSquareText {...sign} />,
  business: <ReceiptText {...sign} />,
  verdict: <ArrowUpDown {...sign} />,
  duty: <CalendarX2 {...sign} />,
  change: <Pencil {...sign} />,
  contact: <UserRound {...sign} />,
  import: <FileUp {...sign} />,
  case: <Workflow {...sign} />,
}
const kinds = Object.keys(icons) as (keyof typeof icons)[]

/** How many entries the phone shows before somebody asks for more. */
const FEW = 8

interface Props {
  id: string
  kind: string | undefined
  onKind: (kind: string | undefined) => void
  onWhy: (verdictID: string) => void
}

/** Everything that happened to a customer, newest first. */
export function RecordTimeline({ id, kind, onKind, onWhy }: Props) {
  const { t } = useTranslation()
  const mobile = useMobile()
  const [all, setAll] = useState(false)
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/customers/{id}/timeline',
    { params: { path: { id }, query: { kinds: kind ? [kind] : undefined } } },
    byCursor,
  )
  const items = query.data?.pages.flatMap((p) => p.items) ?? []
  const words = useWords(items)
  const few = mobile && !all && items.length > FEW
  const entries = (few ? items.slice(0, FEW) : items).map(
    (e): TimelineEntry => ({ ...entryOf(e, words), extra: <Extra entry={e} onWhy={onWhy} /> }),
  )
  const more = few || query.hasNextPage
  return (
    <QueryView query={query} lines={8}>
      {() => (
        <Timeline
          entries={entries}
          kinds={kinds.map((key) => ({ key, label: t(`record.timeline.kind.${key}`), icon: icons[key] }))}
          chosen={kind}
          onChoose={onKind}
          more={
            more && (
              <Button
                block
                loading={query.isFetchingNextPage}
                onClick={() => (few ? setAll(true) : void query.fetchNextPage())}
              >
                {t('record.timeline.older')}
              </Button>
            )
          }
        />
      )}
    </QueryView>
  )
}

function Extra({ entry: e, onWhy }: { entry: Entry; onWhy: (verdictID: string) => void }) {
  const { t } = useTranslation()
  if (e.kind === 'verdict')
    return (
      <button type="button" className="text-button" onClick={() => onWhy(e.ref_id)}>
        {t('record.why')}
      </button>
    )
  if (e.files.length === 0) return null
  return (
    <div className="files">
      {e.files.map((f) => (
        <a key={f.id} className="file" href={`/api/v1/files/${f.id}`} download={f.name}>
          <Paperclip size={14} aria-hidden />
          <span>{f.name}</span>
          <small className="muted num">{fileSize(f.size)}</small>
        </a>
      ))}
    </div>
  )
}

function useWords(items: Entry[]): TimelineWords {
  const { t, i18n } = useTranslation()
  const text = useText()
  const { moneyShort } = useFormat()
  const kindsOfFact = useFactKinds(true).data?.items
  const schemes = useSchemes().data?.items
  const grade = useGrades()
  const field = useFieldName()
  const value = useValues(
    items.flatMap(changesOf).flatMap((c) => [c.before, c.after].map((v): [string, unknown] => [c.field, v])),
  )
  return {
    t: (key, args) => t(key, args ?? {}),
    has: (key) => i18n.exists(key),
    factKind: (k) => {
      const found = kindsOfFact?.find((x) => x.kind === k)
      return found ? textIn(i18n.language, { zh: found.label_zh, en: found.label_en }) : k
    },
    grade: (scheme, code) => grade(scheme, code).label,
    scheme: (id) => text(schemes?.find((s) => s.scheme.id === id)?.scheme.title) || id,
    money: moneyShort,
    field,
    value,
  }
}
