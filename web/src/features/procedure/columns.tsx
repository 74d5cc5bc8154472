import { useTranslation } from 'react-i18next'
import { CaseLink } from '@/kit/CaseLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { DateText } from '@/kit/DateText'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import type { Case } from './data'
import { CaseStatus, Due, First } from './words'

/** useCaseColumns gives the columns of the lists of cases. */
export function useCaseColumns(): Column<Case>[] {
  const { t } = useTranslation()
  const text = useText()
  return [
    {
      key: 'title',
      title: t('procedure.title'),
      width: 300,
      fixed: true,
      locked: true,
      render: (c) => (
        <CaseLink to={`/cases/${c.id}`}>
          <First of={c} />
          {c.title}
        </CaseLink>
      ),
    },
    { key: 'number', title: t('procedure.number'), width: 140, render: (c) => <span className="num">{c.number}</span> },
    {
      key: 'customer',
      title: t('procedure.customer'),
      width: 220,
      render: (c) =>
        c.customer ? (
          <CustomerLink id={c.customer.id}>{c.customer.name}</CustomerLink>
        ) : (
          <span className="none">—</span>
        ),
    },
    { key: 'status', title: t('procedure.state'), width: 130, render: (c) => <CaseStatus of={c} /> },
    {
      key: 'steps',
      title: t('procedure.now'),
      width: 180,
      render: (c) => c.steps.map((s) => text(s.title)).join(t('kit.list_comma')) || <span className="none">—</span>,
    },
    {
      key: 'due',
      title: t('procedure.due'),
      width: 210,
      render: (c) => <Due at={c.next_due_at} over={c.ended_at !== ''} />,
    },
    { key: 'class', title: t('procedure.class'), width: 100, render: (c) => text(c.class?.title) || '—' },
    { key: 'owner', title: t('procedure.owner'), width: 110, render: (c) => c.owner.name || '—' },
    {
      key: 'received',
      title: t('procedure.received'),
      width: 120,
      render: (c) => <DateText value={c.received_at} />,
    },
    {
      key: 'procedure',
      title: t('procedure.procedure'),
      width: 180,
      optional: true,
      render: (c) => text(c.procedure.title),
    },
  ]
}
