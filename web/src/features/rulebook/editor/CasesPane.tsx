import { Button } from 'antd'
import { UserPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { QueryView } from '@/kit/Loading'
import { CaseResults } from '../CasesTab'
import { PanelSkeleton } from '../PanelSkeleton'
import { acceptOutcomes } from './accept'
import { useEditor } from './context'
import type { SideProps } from './SidePane'
import { caseFile } from './useDraft'

const CaseForm = lazy(() => import('./CaseForm').then((m) => ({ default: m.CaseForm })))

/** appended is a list of cases with more at its end. */
export const appended = (file: string, more: string): string =>
  `${file.trim() === '' || file.trim() === '[]' ? '' : `${file.trimEnd()}\n`}${more.trimEnd()}\n`

/** The worked examples, run again at each change; more can be drafted or taken from a customer. */
export function CasesPane({ draft, check }: SideProps) {
  const { t } = useTranslation()
  const { text, onClause } = useEditor()
  const [form, setForm] = useState(false)
  const cases = text.files[caseFile] ?? ''
  const add = (more: string) => text.writeFile(caseFile, appended(cases, more))
  return (
    <>
      <div className="edit-side-bar">
        <Button size="small" icon={<UserPlus size={14} />} onClick={() => setForm(true)}>
          {t('draft.case.from_customer')}
        </Button>
      </div>
      <QueryView query={check.cases} skeleton={<PanelSkeleton />}>
        {(r) =>
          r ? (
            <CaseResults
              result={r}
              source={cases}
              onClause={onClause}
              onAccept={(list) => text.writeFile(caseFile, acceptOutcomes(cases, list))}
            />
          ) : null
        }
      </QueryView>
      {form && (
        <Suspense fallback={null}>
          <CaseForm rulebook={draft.rulebook} onAdd={add} onClose={() => setForm(false)} />
        </Suspense>
      )}
    </>
  )
}
