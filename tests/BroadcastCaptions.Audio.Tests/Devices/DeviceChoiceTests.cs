using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio.Tests.Devices;

public sealed class DeviceChoiceTests
{
    private static readonly AudioDevice[] Devices =
    [
        Microphone("alsa_input.usb-blue", "Blue Yeti", isDefault: true),
        Microphone("alsa_input.pci", "Built-in Microphone"),
        Monitor("alsa_output.pci", "Built-in Speakers"),
        Monitor("broadcast", "Null Output"),
    ];

    [Theory]
    [InlineData("mic", "alsa_input.usb-blue")]
    [InlineData("pulse:alsa_input.pci", "alsa_input.pci")]
    [InlineData("pulse:yeti", "alsa_input.usb-blue")]
    [InlineData("device:yeti", "alsa_input.usb-blue")] // Windows has no Pulse in its names
    [InlineData("pulse:built-in", "alsa_input.pci")] // the microphone, not the speakers' monitor
    [InlineData("pulse:broadcast.monitor", "broadcast.monitor")]
    [InlineData("monitor:broadcast", "broadcast.monitor")]
    [InlineData("monitor:Null Output", "broadcast.monitor")]
    [InlineData("monitor:speakers", "alsa_output.pci.monitor")]
    public void Names_find_their_device(string spec, string device) =>
        Assert.Equal(device, DeviceChoice.Of(TapSpec.Parse(spec), Devices)!.Name);

    [Fact]
    public void An_unknown_name_is_bad_usage_and_what_exists_is_listed()
    {
        var failure = Assert.Throws<CaptionsException>(() => DeviceChoice.Of(TapSpec.Parse("pulse:rode"), Devices));
        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Equal("There is no audio device 'rode'.", failure.Message);
        Assert.Equal("There are: pulse:alsa_input.usb-blue, pulse:alsa_input.pci, monitor:alsa_output.pci, monitor:broadcast.", failure.Remedy);
    }

    [Fact]
    public void A_name_that_fits_several_is_refused() =>
        Assert.Equal("'alsa_input' fits several audio devices.", Assert.Throws<CaptionsException>(() => DeviceChoice.Of(TapSpec.Parse("pulse:alsa_input"), Devices)).Message);

    [Fact]
    public void Of_two_that_are_called_the_same_none_is_taken_in_silence() =>
        Assert.Contains("fits several", Assert.Throws<CaptionsException>(() => DeviceChoice.Of(TapSpec.Parse("monitor:Null Output"), [.. Devices, Monitor("second", "Null Output")])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_microphone_is_never_found_among_monitors() =>
        Assert.Throws<CaptionsException>(() => DeviceChoice.Of(TapSpec.Parse("monitor:yeti"), Devices));

    [Fact]
    public void Without_a_microphone_the_default_is_none_and_never_a_monitor() =>
        Assert.Null(DeviceChoice.Of(TapSpec.Parse("mic"), Devices[2..]));

    private static AudioDevice Microphone(string name, string description, bool isDefault = false) =>
        new(name, description, new AudioFormat(48_000, 1), null, null, isDefault) { Tap = $"pulse:{name}" };

    private static AudioDevice Monitor(string sink, string description) =>
        new($"{sink}.monitor", $"Monitor of {description}", new AudioFormat(48_000, 2), sink, description, false) { Tap = $"monitor:{sink}" };
}
