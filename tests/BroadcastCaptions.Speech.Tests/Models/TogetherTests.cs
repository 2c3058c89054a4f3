using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Tests.Models;

public sealed class TogetherTests
{
    [Fact]
    public void Both_are_made_at_the_same_time()
    {
        using var met = new Barrier(2); // neither goes on before the other has begun
        var (first, second) = Together.Make(() => Met(met), () => Met(met));
        Assert.False(first.IsDisposed || second.IsDisposed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_one_cannot_be_made_the_other_is_disposed_of(bool firstFails)
    {
        var other = new Part();
        Part Fail() => throw new InvalidDataException("damaged");
        var thrown = Assert.Throws<InvalidDataException>(() => firstFails ? Together.Make(Fail, () => other) : Together.Make(() => other, Fail));
        Assert.Equal("damaged", thrown.Message);
        Assert.True(other.IsDisposed);
    }

    [Fact]
    public void Where_neither_can_be_made_one_failure_is_told() =>
        Assert.Throws<InvalidDataException>(() => Together.Make<Part, Part>(() => throw new InvalidDataException(), () => throw new InvalidDataException()));

    private static Part Met(Barrier barrier) => barrier.SignalAndWait(TimeSpan.FromMinutes(1)) ? new() : throw new TimeoutException();

    private sealed class Part : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
