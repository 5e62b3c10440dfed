/** What the page asks of the house it came from. A call that is refused throws what the house says about it. */
export async function ask(path, body) {
  const response = await fetch(`/sandbox/${path}`, {
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `本机服务没有应答(${response.status})`);
  return answer;
}

/**
 * Listens for as long as the page is open. `joined` is called at each new connection, because whatever happened
 * in between was missed; `lost` when one breaks.
 */
export function listen({ joined, lost, ...events }) {
  const source = new EventSource('/sandbox/events');
  source.addEventListener('open', joined);
  for (const [name, hear] of Object.entries(events)) {
    source.addEventListener(name, (event) => hear(JSON.parse(event.data)));
  }
  source.addEventListener('error', () => {
    lost();
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen({ joined, lost, ...events }), 2000);
  });
}
