using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Wasapi.Native;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Wasapi;

/// <summary>Windows' sound: microphones, and what outputs play.</summary>
internal sealed class WasapiSystem : ISoundSystem
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AudioDevice>> ListAsync(CancellationToken cancellation) => AnswerAsync(List, TimeProvider.System, cancellation);

    /// <inheritdoc/>
    public Task<IRecording> OpenAsync(Func<IReadOnlyList<AudioDevice>, AudioDevice> choose, MediaClock clock, CancellationToken cancellation) =>
        AnswerAsync<IRecording>(() => WasapiRecording.Open(choose(List()), clock), clock.Provider, cancellation);

    /// <summary>The endpoint of a device.</summary>
    internal static Endpoint EndpointOf(AudioDevice device)
    {
        using var enumerator = DeviceEnumerator.Create();
        return enumerator.Find(device.Name, device.Description);
    }

    private static async Task<T> AnswerAsync<T>(Func<T> ask, TimeProvider time, CancellationToken cancellation)
    {
        var asking = Task.Run(ask, cancellation);
        try
        {
            return await asking.WaitAsync(DeviceLimits.Answer, time, cancellation);
        }
        catch (TimeoutException)
        {
            _ = DiscardAsync(asking);
            throw new DeviceException("Windows' audio service does not answer.", "Start the service 'Windows Audio' anew.");
        }
    }

    // What comes after all is wanted by nobody any more.
    private static async Task DiscardAsync<T>(Task<T> late)
    {
        try
        {
            (await late as IDisposable)?.Dispose();
        }
        catch (Exception e) when (e is DeviceException or CaptionsException)
        {
            // It has failed, late.
        }
    }

    private static IReadOnlyList<AudioDevice> List()
    {
        using var enumerator = DeviceEnumerator.Create();
        var devices = new List<AudioDevice>();
        foreach (var flow in (ReadOnlySpan<DataFlow>)[DataFlow.Capture, DataFlow.Render])
        {
            var usual = enumerator.DefaultId(flow);
            foreach (var endpoint in enumerator.All(flow))
                using (endpoint)
                    if (Describe(endpoint, flow, usual) is { } device) devices.Add(device);
        }

        return [.. devices.Select(device => device with { Tap = TapOf(device, devices) }).OrderBy(device => device.IsMonitor).ThenBy(device => !device.IsDefault).ThenBy(device => device.Description, StringComparer.Ordinal)];
    }

    // By its id where another one is called the same.
    private static string TapOf(AudioDevice device, List<AudioDevice> all)
    {
        var name = all.Count(other => other.IsMonitor == device.IsMonitor && other.Description == device.Description) > 1 ? device.Name : device.SinkDescription ?? device.Description;
        return device.IsMonitor ? $"monitor:{name}" : $"{TapSpec.DevicePrefix}:{name}";
    }

    private static AudioDevice? Describe(Endpoint endpoint, DataFlow flow, string? usual)
    {
        try
        {
            var id = endpoint.Id;
            var name = endpoint.Name() ?? id;
            using var client = endpoint.Activate(name);
            var isOutput = flow == DataFlow.Render;
            return new AudioDevice(id, isOutput ? $"Monitor of {name}" : name, client.Format(name), isOutput ? id : null, isOutput ? name : null, !isOutput && id == usual)
            {
                Tap = "",
            };
        }
        catch (DeviceException)
        {
            return null; // it went, or does not let itself be recorded: not to be offered
        }
    }
}
