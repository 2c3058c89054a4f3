using System.Threading.Channels;
using BroadcastCaptions.Events;

namespace BroadcastCaptions.Obs.Session;

/// <summary>One participant's work with one connection: its own queue of events, and a new start when it fails.</summary>
internal sealed class ParticipantRun(IObsParticipant participant, Action<ComponentState> report, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ObsEvent> _events = Channel.CreateBounded<ObsEvent>(ObsClient.EventCapacity);

    /// <summary>Completes once the participant has set up what it needs.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Passes an event on; false when the participant is too far behind.</summary>
    public bool TryPass(ObsEvent obsEvent) => _events.Writer.TryWrite(obsEvent);

    /// <summary>Runs until the connection has ended.</summary>
    public async Task RunAsync(ObsClient client, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await participant.RunAsync(client, _events.Reader, () => _ready.TrySetResult(), cancellation);
                return;
            }
            catch (Exception) when (cancellation.IsCancellationRequested || client.Closed.IsCompleted)
            {
                return; // the session says why the connection ended
            }
            catch (Exception e)
            {
                report(new ComponentState(participant.Name, Health.Degraded, $"OBS does not do what it was asked: {e.Message}", "It is tried again every second."));
                await Task.Delay(Pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
