/** What the organiser of a poll has decided, as JSON. */

interface Decided {
  decided_id: number | null
  decision_text: string | null
  decision_time: string | null
  decisions: number
}

/** Makes the JSON of a decision; null without one. */
export const decisionJson = ({ decided_id, decision_text, decision_time, decisions }: Decided) =>
  decision_time === null
    ? null
    : { choice: decided_id, text: decision_text ?? '', time: decision_time, sequence: decisions }
