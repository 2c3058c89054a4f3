using BroadcastCaptions.Control;

namespace BroadcastCaptions.Terminal;

/// <summary>Turns keys into control messages, where there is a keyboard.</summary>
internal sealed class KeyReader : IDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    private readonly Timer? _timer;
    private readonly Action<ControlMessage> _send;
    private readonly Action _retryObs;
    private bool _paused;

    public KeyReader(Action<ControlMessage> send, Action retryObs)
    {
        (_send, _retryObs) = (send, retryObs);
        if (!Console.IsInputRedirected) _timer = new Timer(_ => Poll(), null, PollEvery, PollEvery);
    }

    public void Dispose() => _timer?.Dispose();

    private void Poll()
    {
        while (Console.KeyAvailable)
        {
            switch (char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar))
            {
                case 'p' or ' ':
                    _paused = !_paused;
                    _send(_paused ? new Pause() : new Resume());
                    break;
                case 'c': _send(new Clear()); break;
                case 'o': _retryObs(); break;
                case 'q': _send(new Stop()); break;
            }
        }
    }
}
