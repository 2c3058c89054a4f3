using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models.Devices;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Models;

public sealed class ComputeDeviceTests
{
    [Fact]
    public void Every_device_that_can_be_named_is_known_by_the_name_that_ONNX_Runtime_gives_it()
    {
        Assert.Equal(Enum.GetValues<Device>().Except([Device.Auto, Device.Cpu]), ExecutionProvider.All.Select(provider => provider.Device));
        Assert.Equal([Device.Cpu, Device.Cuda, Device.Coreml], ComputeDevice.Among(["CoreMLExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider", "XnnpackExecutionProvider"]));
    }

    [Fact]
    public void The_processor_is_always_offered_and_asks_for_nothing()
    {
        Assert.Contains(Device.Cpu, ComputeDevice.Offered);
        ComputeDevice.Try(Device.Cpu);
        ComputeDevice.Try(Device.Auto);
    }

    [Theory]
    [InlineData(Device.Cuda, "cuda", "an NVIDIA card")]
    [InlineData(Device.Directml, "directml", "Windows")]
    [InlineData(Device.Cann, "cann", "Ascend")]
    public void What_the_build_has_not_is_bad_usage_with_what_it_offers(Device device, string name, string needs)
    {
        using var options = new SessionOptions();
        var failure = Assert.Throws<CaptionsException>(() => ComputeDevice.Append(options, device, [Device.Cpu, Device.Openvino], (_, _) => Assert.Fail("asked all the same")));

        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Contains($"The device {name} is not to be had", failure.Message, StringComparison.Ordinal);
        Assert.Contains("offers cpu, openvino only", failure.Message, StringComparison.Ordinal);
        Assert.Contains(needs, failure.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(DllNotFoundException))]
    [InlineData(typeof(EntryPointNotFoundException))]
    [InlineData(typeof(NotSupportedException))]
    public void What_is_offered_and_does_not_start_is_a_failure_with_what_it_needs(Type thrown)
    {
        using var options = new SessionOptions();
        var failure = Assert.Throws<CaptionsException>(() => ComputeDevice.Append(
            options, Device.Cuda, [Device.Cpu, Device.Cuda], (_, _) => throw (Exception)Activator.CreateInstance(thrown, "libcublas.so.12 is not there.\nmore")!));

        Assert.Equal((ExitCode.Failed, "CUDA does not start on this machine (libcublas.so.12 is not there)."), (failure.Code, failure.Message));
        Assert.Contains("--device cpu", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_own_faults_are_not_blamed_on_a_device()
    {
        using var options = new SessionOptions();
        Assert.Throws<InvalidOperationException>(() => ComputeDevice.Append(options, Device.Cuda, [Device.Cuda], (_, _) => throw new InvalidOperationException()));
        Assert.Null(ComputeDevice.Blame(Device.Cuda, new InvalidOperationException()));
        Assert.Null(ComputeDevice.Blame(Device.Cpu, new NotSupportedException()));
    }

    [Fact]
    public void A_model_that_does_not_load_on_a_device_speaks_against_the_device()
    {
        var failure = new CaptionsException("The model file x cannot be loaded.", "", inner: new NotSupportedException("no kernel"));
        Assert.Equal("DirectML does not start on this machine (no kernel).", ComputeDevice.Blame(Device.Directml, failure)!.Message);
    }

    [Fact]
    public void What_computes_is_said_and_why_nothing_else_does()
    {
        Assert.Equal("CUDA computes, as asked.", ComputeDevice.Describe(Device.Cuda, Device.Cuda, [Device.Cpu, Device.Cuda]));
        Assert.Contains("it was measured to be faster", ComputeDevice.Describe(Device.Auto, Device.Cuda, [Device.Cpu, Device.Cuda]), StringComparison.Ordinal);
        Assert.Contains("CUDA, Core ML would be offered, and was not measured to be faster here; --device cuda measures it", ComputeDevice.Describe(Device.Auto, Device.Cpu, [Device.Cpu, Device.Cuda, Device.Coreml]), StringComparison.Ordinal);
        Assert.Contains("offers no other (CUDA, TensorRT, DirectML, Core ML, OpenVINO, CANN are not in it)", ComputeDevice.Describe(Device.Auto, Device.Cpu, [Device.Cpu]), StringComparison.Ordinal);
    }
}
