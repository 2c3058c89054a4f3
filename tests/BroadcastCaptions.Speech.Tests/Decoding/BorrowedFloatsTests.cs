using BroadcastCaptions.Speech.Decoding;

namespace BroadcastCaptions.Speech.Tests.Decoding;

public sealed class BorrowedFloatsTests
{
    [Fact]
    public void NothingIsLeftOnceItWasReturned()
    {
        using var memory = new BorrowedFloats();
        memory.Borrow(12);
        Assert.Equal(12, memory.Span.Length);

        memory.Return();

        Assert.True(memory.Span.IsEmpty);
    }
}
