using System.Text.Json.Nodes;
using BroadcastCaptions.Obs.Protocol;

namespace BroadcastCaptions.Obs.OnAir;

/// <summary>Reads which OBS inputs capture which audio devices.</summary>
internal static class AudioInputs
{
    private static readonly HashSet<string> Kinds =
    [
        "pulse_input_capture", "pulse_output_capture", "wasapi_input_capture", "wasapi_output_capture",
        "coreaudio_input_capture", "coreaudio_output_capture",
    ];

    private static readonly string[] Microphones = ["mic1", "mic2", "mic3", "mic4"];

    /// <summary>Every input that captures an audio device.</summary>
    /// <exception cref="ObsRequestException">OBS cannot say.</exception>
    public static async Task<IReadOnlyList<AudioInput>> ListAsync(ObsClient client, CancellationToken cancellation)
    {
        var list = await client.RequestAsync("GetInputList", null, cancellation);
        var captures = list.Items("inputs")
            .Select(input => (Name: input.Text("inputName"), Kind: input.Text("unversionedInputKind")))
            .Where(input => Kinds.Contains(input.Kind))
            .ToList();
        var settings = await AskAsync(client, "GetInputSettings", captures.Select(input => input.Name), cancellation);
        var mutes = await AskAsync(client, "GetInputMute", captures.Select(input => input.Name), cancellation);
        return
        [
            .. captures.Zip(settings, mutes)
                .Where(found => IsThere(found.Second) && IsThere(found.Third))
                .Select(found => new AudioInput(
                    found.First.Name, found.First.Kind, Device(found.First.Kind, found.Second), found.Third.Data.Flag("inputMuted"))),
        ];
    }

    /// <summary>The microphone that OBS itself uses: its special inputs first, then any microphone in its scenes; null where it has none.</summary>
    public static async Task<AudioInput?> MicrophoneAsync(ObsClient client, CancellationToken cancellation)
    {
        var inputs = await ListAsync(client, cancellation);
        var special = await client.RequestAsync("GetSpecialInputs", null, cancellation);
        return Microphones.Select(slot => special.TextOrNull(slot))
            .Select(name => inputs.FirstOrDefault(input => input.Name == name && !input.IsMonitor))
            .FirstOrDefault(input => input is not null)
            ?? inputs.FirstOrDefault(input => !input.IsMonitor);
    }

    private static Task<IReadOnlyList<ObsResponse>> AskAsync(
        ObsClient client, string request, IEnumerable<string> inputs, CancellationToken cancellation) =>
        client.BatchAsync(inputs.Select(name => new ObsRequest(request, new JsonObject { ["inputName"] = name })), cancellation);

    // Removed meanwhile: an event follows. Any other error is no answer at all, and must not read as "no such input".
    private static bool IsThere(ObsResponse answer) => answer.Status switch
    {
        ObsStatus.ResourceNotFound => false,
        _ when answer.Succeeded => true,
        _ => throw new ObsRequestException("a question for its audio inputs", answer.Status, ""),
    };

    // OBS leaves out settings that are as they were from the start: then it is the default device.
    private static string Device(string kind, ObsResponse settings)
    {
        var device = (settings.Data.Find("inputSettings") ?? default).Text("device_id");
        if (device is not ("" or "default")) return device;
        return kind.Contains("output", StringComparison.Ordinal) ? ObservedTap.DefaultMonitor : ObservedTap.Default;
    }
}
