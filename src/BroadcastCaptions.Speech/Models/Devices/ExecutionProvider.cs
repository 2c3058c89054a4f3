using BroadcastCaptions.Options;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Models.Devices;

/// <summary>One of ONNX Runtime's ways to compute: how it is asked for, and what it needs.</summary>
/// <param name="Device">What the user calls it.</param>
/// <param name="Name">What ONNX Runtime calls it.</param>
/// <param name="Title">What it is called in a sentence.</param>
/// <param name="Needs">What must be on the machine for it.</param>
internal sealed record ExecutionProvider(Device Device, string Name, string Title, string Needs)
{
    /// <summary>Those that may be asked for, but for the processor, which is always there.</summary>
    public static IReadOnlyList<ExecutionProvider> All { get; } =
    [
        new(Device.Cuda, "CUDAExecutionProvider", "CUDA", "an NVIDIA card with its driver, CUDA 12 and cuDNN 9"),
        new(Device.Tensorrt, "TensorrtExecutionProvider", "TensorRT", "an NVIDIA card with its driver, CUDA 12 and TensorRT 10"),
        new(Device.Directml, "DmlExecutionProvider", "DirectML", "Windows with a DirectX 12 card"),
        new(Device.Coreml, "CoreMLExecutionProvider", "Core ML", "macOS"),
        new(Device.Openvino, "OpenVINOExecutionProvider", "OpenVINO", "Intel's OpenVINO"),
        new(Device.Cann, "CANNExecutionProvider", "CANN", "a Huawei Ascend card with its CANN toolkit"),
    ];

    /// <summary>The provider of a device; null for the processor.</summary>
    public static ExecutionProvider? Of(Device device) => All.FirstOrDefault(provider => provider.Device == device);

    /// <summary>Asks for it; what it cannot compute goes to the processor, node by node. Throws where its libraries or its card are not there.</summary>
    /// <param name="options">The session's.</param>
    /// <param name="cache">Folder for what it prepares once and keeps.</param>
    public void Append(SessionOptions options, string cache)
    {
        switch (Device)
        {
            case Device.Cuda:
                AppendCuda(options);
                break;
            case Device.Tensorrt:
                using (var own = new OrtTensorRTProviderOptions())
                {
                    Directory.CreateDirectory(cache); // building an engine takes minutes; the next start finds it
                    own.UpdateOptions(new() { ["device_id"] = "0", ["trt_engine_cache_enable"] = "1", ["trt_engine_cache_path"] = cache, ["trt_timing_cache_enable"] = "1", ["trt_timing_cache_path"] = cache });
                    options.AppendExecutionProvider_Tensorrt(own);
                }

                AppendCuda(options); // for what TensorRT leaves
                break;
            case Device.Directml:
                options.EnableMemoryPattern = false; // DirectML's own condition
                options.AppendExecutionProvider_DML();
                break;
            case Device.Coreml:
                options.AppendExecutionProvider("CoreML", new() { ["ModelFormat"] = "MLProgram", ["MLComputeUnits"] = "ALL" });
                break;
            case Device.Openvino:
                options.AppendExecutionProvider("OpenVINO", new() { ["device_type"] = "AUTO" });
                break;
            default:
                options.AppendExecutionProvider(Title);
                break;
        }
    }

    private static void AppendCuda(SessionOptions options)
    {
        using var own = new OrtCUDAProviderOptions();
        // Segments differ in length: the search for the best convolution at each new one would cost more than it gains, and an arena that doubles
        // takes memory from the game.
        own.UpdateOptions(new() { ["device_id"] = "0", ["cudnn_conv_algo_search"] = "HEURISTIC", ["arena_extend_strategy"] = "kSameAsRequested" });
        options.AppendExecutionProvider_CUDA(own);
    }
}
