using BroadcastCaptions.Audio;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Diagnosis;

/// <summary>Is there something to listen to?</summary>
internal static class TapCheck
{
    /// <summary>Looks for the default microphone.</summary>
    public static async Task<ComponentState> LookAsync(CancellationToken cancellation)
    {
        try
        {
            var devices = await AudioDevices.ListAsync(cancellation: cancellation);
            var microphones = devices.Where(device => !device.IsMonitor).ToList();
            return microphones.Find(device => device.IsDefault) is { } chosen
                ? new("taps", Health.Ok, $"{microphones.Count} microphone{(microphones.Count == 1 ? "" : "s")}; the default one is {chosen.Description} ({chosen.Format}).")
                : new("taps", Health.Degraded, $"No default microphone; {devices.Count - microphones.Count} monitors of outputs.", "Plug a microphone in, or name a tap: 'captions taps'.");
        }
        catch (CaptionsException e)
        {
            return new("taps", Health.Degraded, e.Message, e.Remedy);
        }
    }
}
