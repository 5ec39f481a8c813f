// Loaded before a program that must not outlive the one that started it: the channel between them closes when that one asks
// for the end, and also when it is killed. A signal is told as an event, because Windows has no signals to send.
process.channel?.unref()
process.once('disconnect', () => {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0)
})
