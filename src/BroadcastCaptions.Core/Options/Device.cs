namespace BroadcastCaptions.Options;

/// <summary>What computes.</summary>
public enum Device
{
    /// <summary>The processor, unless another is to be had and was measured to be faster here.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>NVIDIA, by CUDA.</summary>
    Cuda,

    /// <summary>NVIDIA, by TensorRT, which prepares each model for the card at its first start.</summary>
    Tensorrt,

    /// <summary>Any graphics card of Windows, by DirectML.</summary>
    Directml,

    /// <summary>Apple's graphics and neural engine, by Core ML.</summary>
    Coreml,

    /// <summary>Intel's processors, graphics and neural engine, by OpenVINO.</summary>
    Openvino,

    /// <summary>Huawei Ascend, by CANN.</summary>
    Cann,
}
