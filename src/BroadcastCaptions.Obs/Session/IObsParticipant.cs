using System.Threading.Channels;

namespace BroadcastCaptions.Obs;

/// <summary>A part of us that works with OBS while a connection lasts, and again with the next one.</summary>
public interface IObsParticipant
{
    /// <summary>The component name for states: "obs:text".</summary>
    string Name { get; }

    /// <summary>
    /// Runs from a new connection to its end. When it throws, the session reports it and calls again while the
    /// connection lasts.
    /// </summary>
    /// <param name="client">The connection.</param>
    /// <param name="events">OBS's events since the connection began.</param>
    /// <param name="ready">To be called once it has set up what it needs; further calls do nothing.</param>
    /// <param name="cancellation">The connection has ended, or the session is being disposed.</param>
    Task RunAsync(ObsClient client, ChannelReader<ObsEvent> events, Action ready, CancellationToken cancellation);
}
