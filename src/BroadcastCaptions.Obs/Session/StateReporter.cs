using BroadcastCaptions.Events;

namespace BroadcastCaptions.Obs.Session;

/// <summary>Passes a component's states on, each only when it differs from the last.</summary>
internal sealed class StateReporter(Action<ComponentState> report)
{
    private ComponentState? _last;

    public void Report(ComponentState state)
    {
        if (Interlocked.Exchange(ref _last, state) != state) report(state);
    }
}
