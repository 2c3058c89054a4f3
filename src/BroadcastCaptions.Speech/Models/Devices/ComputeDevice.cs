using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Models.Devices;

/// <summary>What computes on this machine: what ONNX Runtime offers, what was granted, and why the rest was not.</summary>
public static class ComputeDevice
{
    /// <summary>The devices that this build's ONNX Runtime has code for. Whether their libraries and cards are there is only known once they are asked.</summary>
    public static IReadOnlyList<Device> Offered { get; } = [.. Among(OrtEnv.Instance().GetAvailableProviders())];

    /// <summary>One sentence: what computes, and why no other does.</summary>
    /// <param name="asked">What the user asked for.</param>
    /// <param name="granted">What computes.</param>
    public static string Describe(Device asked, Device granted) => Describe(asked, granted, Offered);

    internal static string Describe(Device asked, Device granted, IReadOnlyList<Device> offered)
    {
        var title = Title(granted);
        if (asked != Device.Auto) return $"{title} computes, as asked.";
        if (granted != Device.Cpu) return $"{title} computes: it was measured to be faster than the processor here.";
        var others = offered.Where(device => device != Device.Cpu).ToList();
        return others.Count == 0
            ? $"The processor computes: this build's ONNX Runtime offers no other ({string.Join(", ", ExecutionProvider.All.Select(provider => provider.Title))} are not in it)."
            : $"The processor computes: {string.Join(", ", others.Select(Title))} would be offered, and was not measured to be faster here; --device {Name(others[0])} measures it.";
    }

    /// <summary>Asks for a device as a session would, and computes nothing.</summary>
    /// <exception cref="CaptionsException">This build has it not (bad usage), or it does not start on this machine.</exception>
    public static void Try(Device device) => Sessions.Options(threads: 1, device).Dispose();

    /// <summary>Asks for a device in a session's options.</summary>
    /// <exception cref="CaptionsException">This build has it not (bad usage), or it does not start on this machine.</exception>
    internal static void Append(SessionOptions options, Device device) => Append(
        options, device, Offered, static (provider, to) => provider.Append(to, Path.Combine(AppFolders.Cache, "tensorrt")));

    internal static void Append(SessionOptions options, Device device, IReadOnlyList<Device> offered, Action<ExecutionProvider, SessionOptions> append)
    {
        if (ExecutionProvider.Of(device) is not { } provider) return;
        if (!offered.Contains(device))
            throw new CaptionsException(
                $"The device {Name(device)} is not to be had: this build's ONNX Runtime {OrtEnv.Instance().GetVersionString()} offers {string.Join(", ", offered.Select(Name))} only.",
                $"Leave --device out, or build with an ONNX Runtime that has {provider.Title} (it needs {provider.Needs}).", ExitCode.Usage);
        try
        {
            append(provider, options);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw DoesNotStart(device, e);
        }
    }

    /// <summary>The failure of a device, where that is why a model did not load though its files are whole; null: the device is not to blame.</summary>
    /// <param name="device">What was to compute.</param>
    /// <param name="failure">What was thrown.</param>
    public static CaptionsException? Blame(Device device, Exception failure) => ExecutionProvider.Of(device) is null ? null
        : failure is CaptionsException { Code: ExitCode.Usage } usage ? usage
        : IsRefusal(failure) ? DoesNotStart(device, failure)
        : failure.InnerException is { } inner && IsRefusal(inner) ? DoesNotStart(device, inner) : null;

    // Its card, driver or libraries are not there.
    private static CaptionsException DoesNotStart(Device device, Exception cause) => new(
        $"{Title(device)} does not start on this machine ({FirstLine(cause)}).",
        $"It needs {ExecutionProvider.Of(device)!.Needs}; or use --device cpu.", inner: cause);

    private static bool IsRefusal(Exception e) => e is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException or NotSupportedException;

    internal static IEnumerable<Device> Among(IReadOnlyList<string> providers) =>
        [Device.Cpu, .. ExecutionProvider.All.Where(provider => providers.Contains(provider.Name)).Select(provider => provider.Device)];

    /// <summary>As the option has it.</summary>
    internal static string Name(Device device) => device.ToString().ToLowerInvariant();

    private static string Title(Device device) => ExecutionProvider.Of(device)?.Title ?? "The processor";

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].TrimEnd('.', '\r');
}
