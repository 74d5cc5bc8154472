import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Checkbox, Form, type FormInstance } from 'antd'
import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { type CustomerWrite, usePlace } from './data'
import { FirstGrade } from './words'

type Candidate = Schemas['CustomerCandidateView']

const PAUSE_MS = 500
/** Ways of being the same that no confirmation overrides. */
const hard = new Set(['code', 'uscc', 'id_card', 'tax'])

/** useDuplicates looks, after a pause in typing, for customers that share name, code or an identifier with the form. */
export function useDuplicates(form: FormInstance<CustomerWrite>, except?: string): Candidate[] {
  const name = Form.useWatch('name', form)
  const code = Form.useWatch('code', form)
  const rows = Form.useWatch('identifiers', form)
  const asked = usePaused(
    JSON.stringify({
      name: name?.trim() || undefined,
      code: code?.trim() || undefined,
      identifiers: rows?.filter((r) => r?.value?.trim().length > 4),
    }),
  )
  const { data } = useQuery({
    queryKey: ['duplicates', except, asked],
    queryFn: async () => {
      const body = JSON.parse(asked) as CustomerWrite
      const { data } = await http.POST('/api/v1/customers/duplicates', { params: { query: { except } }, body })
      return data?.items ?? []
    },
    enabled: asked !== '{}' && asked !== '{"identifiers":[]}',
    placeholderData: keepPreviousData,
    // A half-typed identifier is refused; the form itself will say so when it is sent.
    retry: false,
  })
  return data ?? []
}

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return paused
}

interface Props {
  found: Candidate[]
  confirmed: boolean
  onConfirm: (on: boolean) => void
}

/** Those who may be the same, beside what is being entered; a mere likeness can be confirmed to be another customer. */
export function Duplicates({ found, confirmed, onConfirm }: Props) {
  const { t } = useTranslation()
  const place = usePlace()
  const ids = found.flatMap((c) => (c.customer ? [c.customer.id] : []))
  const details = useQueries({
    queries: ids.map((id) => api.queryOptions('get', '/api/v1/customers/{id}', { params: { path: { id } } })),
  })
  if (found.length === 0) return null
  const fatal = found.some((c) => hard.has(c.by))
  return (
    <section className="duplicates" aria-label={t('customer.duplicate.title')} role="status">
      <b>
        <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
        {t(fatal ? 'customer.duplicate.same' : 'customer.duplicate.title')}
      </b>
      <ul>
        {found.map((c) => {
          const more = details[ids.indexOf(c.customer?.id ?? '')]?.data
          return (
            <li key={c.customer?.id ?? c.by}>
              {c.customer ? (
                <>
                  <span className="row">
                    <Link className="link" to="/customers/$id" params={{ id: c.customer.id }} target="_blank">
                      {c.customer.name}
                    </Link>
                    {more && <FirstGrade grades={more.grades} />}
                  </span>
                  <span className="muted">
                    {[
                      c.customer.code,
                      more && place.region(more),
                      more && (more.owner?.name ?? t('customer.nobody')),
                      c.customer.archived && t('customer.archived'),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </>
              ) : (
                <span>{t('customer.duplicate.hidden')}</span>
              )}
              <span className="muted">{t('customer.duplicate.by', { what: t(`customer.duplicate.${c.by}`) })}</span>
            </li>
          )
        })}
      </ul>
      {fatal ? (
        <p className="muted">{t('customer.duplicate.fatal')}</p>
      ) : (
        <Checkbox checked={confirmed} onChange={(e) => onConfirm(e.target.checked)}>
          {t('customer.duplicate.confirm')}
        </Checkbox>
      )}
    </section>
  )
}
