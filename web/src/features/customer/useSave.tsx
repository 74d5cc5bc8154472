import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { asApiError, errorText } from '@/api/error'
import { Conflict } from './Conflict'
import { type Customer, useTell } from './data'
import { type Collision, collisions, entries, inverse, type Patch, without } from './edit'

const UNDO_SHOWN_S = 8

/** Options of a save. */
interface Save {
  /** Somebody has looked at those with the same name. */
  confirmDuplicate?: boolean
  /** Do not offer to take it back: it is itself the taking back. */
  final?: boolean
}

/**
 * useSave changes fields of a customer. Where somebody else changed the same fields meanwhile it asks whose value shall
 * stay; changes of other fields are no conflict. What was done can be taken back for a moment. Refusals are thrown.
 */
export function useSave(): (base: Customer, patch: Patch, how?: Save) => Promise<Customer | undefined> {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const tell = useTell()
  const ask = useAsk()

  const send = async (base: Customer, version: number, patch: Patch, how: Save): Promise<Customer | undefined> => {
    if (entries(patch).length === 0) return base
    try {
      const { data } = await http.PATCH('/api/v1/customers/{id}', {
        params: { path: { id: base.id }, header: { 'If-Match': `"${version}"` } },
        body: { ...patch, confirm_duplicate: how.confirmDuplicate },
      })
      return data
    } catch (e) {
      const current = currentOf(e)
      if (!current || current.version === version) throw e
      const list = collisions(base, current, patch)
      const theirs = list.length > 0 ? await ask(list) : []
      const rest = theirs && without(patch, theirs)
      if (!rest || entries(rest).length === 0) {
        tell(current)
        return undefined
      }
      return send(current, current.version, rest, how)
    }
  }
  const save = async (base: Customer, patch: Patch, how: Save = {}): Promise<Customer | undefined> => {
    const done = await send(base, base.version, patch, how)
    if (!done || done === base) return done
    tell(done)
    if (how.final) return done
    const key = `saved-${done.id}`
    const undo = () => {
      message.destroy(key)
      save(done, inverse(base, patch), { final: true, confirmDuplicate: true })
        .then(() => message.info(t('record.undone')))
        .catch((e: unknown) => message.error(errorText(t, e)))
    }
    void message.success({
      key,
      duration: UNDO_SHOWN_S,
      content: (
        <>
          {t('record.saved')}
          <Button type="link" size="small" onClick={undo}>
            {t('customer.undo')}
          </Button>
        </>
      ),
    })
    return done
  }
  return save
}

/** The present state of a customer that a refusal carries. */
function currentOf(e: unknown): Customer | undefined {
  const { status, args } = asApiError(e)
  return status === 412 && args.current ? (args.current as Customer) : undefined
}

/** Asks whose values shall stay; gives the fields that keep the other person's, undefined when nothing shall be changed. */
function useAsk(): (list: Collision[]) => Promise<string[] | undefined> {
  const { modal } = App.useApp()
  const { t } = useTranslation()
  return (list) =>
    new Promise((resolve) => {
      const theirs = new Set(list.map((c) => c.field))
      const keep = (field: string, mine: boolean) => void (mine ? theirs.delete(field) : theirs.add(field))
      modal.confirm({
        title: t('record.conflict.title'),
        icon: null,
        width: 520,
        content: <Conflict list={list} onKeep={keep} />,
        okText: t('record.conflict.apply'),
        cancelText: t('record.conflict.discard'),
        onOk: () => resolve([...theirs]),
        onCancel: () => resolve(undefined),
      })
    })
}
