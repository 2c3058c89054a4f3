using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models.Devices;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Models;

/// <summary>How every ONNX Runtime session of the product is made.</summary>
internal static class Sessions
{
    static Sessions() => RuntimeTelemetry.Stop();

    /// <summary>Options that fit beside a game and an encoder: few threads, none of which spins while it waits.</summary>
    /// <param name="threads">Threads of one inference, the caller's included.</param>
    public static SessionOptions Options(int threads)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            EnableCpuMemArena = false, // segments differ in length: the arena grows with each and gives nothing back; without it as fast
            EnableMemoryPattern = false, // asks for all that a length takes in one piece, and leaves gaps between lengths: an hour with Moonshine tiny 160 MB at most, 134 without; as fast
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        return options;
    }

    /// <summary>The same on another device; what it cannot compute goes to the processor.</summary>
    /// <param name="threads">Threads of what the processor computes.</param>
    /// <param name="device">Auto is the processor: whoever may choose has chosen by now.</param>
    /// <exception cref="CaptionsException">The device is not to be had.</exception>
    public static SessionOptions Options(int threads, Device device)
    {
        var options = Options(threads);
        try
        {
            ComputeDevice.Append(options, device);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    /// <summary>Loads a model.</summary>
    /// <exception cref="CaptionsException">The file is missing, damaged or not a model.</exception>
    public static InferenceSession Load(string path, SessionOptions options)
    {
        try
        {
            return NativeHeap.WhileLoading(() => new InferenceSession(path, options));
        }
        catch (OnnxRuntimeException failure)
        {
            throw new CaptionsException(
                $"The model file {path} cannot be loaded.",
                "Run 'captions models verify', and 'captions models pull' for what it finds damaged.",
                inner: failure);
        }
    }
}
