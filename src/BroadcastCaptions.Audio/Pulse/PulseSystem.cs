using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Pulse;

/// <summary>PulseAudio, or PipeWire in its place.</summary>
/// <param name="server">The server's address; null for the user's own.</param>
internal sealed class PulseSystem(string? server) : ISoundSystem
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AudioDevice>> ListAsync(CancellationToken cancellation)
    {
        using var connection = await PulseConnection.OpenAsync(server, TimeProvider.System, cancellation);
        try
        {
            return await DeviceQuery.RunAsync(connection, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            throw PulseFailure.NoServer();
        }
    }

    /// <inheritdoc/>
    public async Task<IRecording> OpenAsync(Func<IReadOnlyList<AudioDevice>, AudioDevice> choose, MediaClock clock, CancellationToken cancellation) =>
        await PulseRecording.OpenAsync(server, choose, clock, cancellation);
}
