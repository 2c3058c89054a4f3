using BroadcastCaptions.Speech.Rewriting.Running;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

public sealed class BorrowedFloatsTests
{
    [Fact]
    public void ATensorIsAPartOfWhatIsBorrowed()
    {
        using var memory = new BorrowedFloats();
        memory.Borrow(12);
        using (var tensor = memory.Tensor(8, 4, [2, 2])) tensor.GetTensorMutableDataAsSpan<float>().Fill(3);

        Assert.Equal([3, 3, 3, 3], memory.Span[8..].ToArray());
    }

    [Fact]
    public void NoTensorReachesBeyondIt()
    {
        using var memory = new BorrowedFloats();
        memory.Borrow(12);

        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Tensor(9, 4, [4]));
    }

    [Fact]
    public void NothingIsLeftOnceItWasReturned()
    {
        using var memory = new BorrowedFloats();
        memory.Borrow(12);
        memory.Return();

        Assert.True(memory.Span.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Tensor(0, 1, [1]));
    }
}
