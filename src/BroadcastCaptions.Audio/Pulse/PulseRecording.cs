using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Pulse;

/// <summary>A connection with one recording stream on it.</summary>
internal sealed class PulseRecording(PulseConnection connection, RecordStream stream, AudioDevice device, CaptureSession session) : IRecording
{
    /// <inheritdoc/>
    public AudioDevice Device => device;

    /// <inheritdoc/>
    public CaptureSession Session => session;

    /// <inheritdoc/>
    public TimeSpan GrantedLatency => stream.GrantedLatency;

    /// <inheritdoc/>
    public bool IsSuspended => stream.IsSuspended;

    /// <inheritdoc/>
    public bool IsSilentByNothing => false;

    /// <inheritdoc/>
    public async Task<string> EndedAsync()
    {
        var first = await Task.WhenAny(stream.Ended, connection.Lost);
        return first == connection.Lost ? "The sound server has stopped" : $"{device.Description} has gone";
    }

    /// <summary>Connects and starts to record.</summary>
    /// <param name="server">The server's address; null for the user's own.</param>
    /// <param name="choose">Picks the device.</param>
    /// <param name="clock">The media clock.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="DeviceException">Not now; try again.</exception>
    /// <exception cref="Failures.CaptionsException">No such device, or no libpulse.</exception>
    public static async Task<PulseRecording> OpenAsync(
        string? server, Func<IReadOnlyList<AudioDevice>, AudioDevice> choose, MediaClock clock, CancellationToken cancellation)
    {
        var connection = await PulseConnection.OpenAsync(server, clock.Provider, cancellation);
        try
        {
            var device = choose(await DeviceQuery.RunAsync(connection, clock.Provider, cancellation));
            var session = new CaptureSession(device.Format, clock);
            var stream = await RecordStream.OpenAsync(connection, device, session, clock.Provider, cancellation);
            return new PulseRecording(connection, stream, device, session);
        }
        catch (TimeoutException)
        {
            connection.Dispose();
            throw PulseFailure.NoServer();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        connection.Dispose();
    }
}
