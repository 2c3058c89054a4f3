using BroadcastCaptions.Choosing;
using BroadcastCaptions.Options;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Tests.Choosing;

public sealed class DeviceChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Speech.Catalogue.CatalogueModel _best = AutoModel.Choices.First();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_offer_alone_changes_nothing() => Assert.Equal(Device.Cpu, Auto(Device.Cpu, Device.Cuda));

    [Theory]
    [InlineData(0.05, Device.Cuda)]
    [InlineData(0.09, Device.Cpu)]
    public void The_faster_one_by_measurement_computes(double cuda, Device expected)
    {
        Memory.Keep(_best, 1, 0.08);
        Memory.Keep(_best, 1, cuda, Device.Cuda);
        Assert.Equal(expected, Auto(Device.Cpu, Device.Cuda));
        Assert.Equal(0.08, Memory.Find(_best, 1));
    }

    [Fact]
    public void What_is_no_longer_offered_is_not_taken()
    {
        Memory.Keep(_best, 1, 0.08);
        Memory.Keep(_best, 1, 0.01, Device.Cuda);
        Assert.Equal(Device.Cpu, Auto(Device.Cpu));
    }

    [Fact]
    public void Another_model_s_measurement_says_nothing()
    {
        Memory.Keep(_best, 1, 0.08);
        Memory.Keep(_best, 1, 0.01, Device.Cuda);
        Assert.Equal(Device.Cpu, DeviceChoice.Of(new ModelOptions { Name = "moonshine-tiny" }, Memory, [Device.Cpu, Device.Cuda]).Granted);
    }

    [Fact]
    public void What_is_named_is_never_replaced() =>
        Assert.Equal(Device.Cann, DeviceChoice.Of(new ModelOptions { Device = Device.Cann }, Memory, [Device.Cpu]).Granted);

    private SpeedMemory Memory => new(_folder["speed.json"]);

    private Device Auto(params Device[] offered) => DeviceChoice.Of(new ModelOptions(), Memory, offered).Granted;
}
